/** Charts of a run, as SVG for pages and PNG for slides. */
@NullMarked
package io.silenda.bench.chart;

import org.jspecify.annotations.NullMarked;
