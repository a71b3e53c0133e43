/** The same operations as JMH benchmarks. */
@NullMarked
package io.silenda.bench.jmh;

import org.jspecify.annotations.NullMarked;
