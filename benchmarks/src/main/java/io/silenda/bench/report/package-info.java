/** Measurements as JSON, text and a page. */
@NullMarked
package io.silenda.bench.report;

import org.jspecify.annotations.NullMarked;
