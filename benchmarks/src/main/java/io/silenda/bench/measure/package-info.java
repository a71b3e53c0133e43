/** Interleaved timing of two implementations, and its statistics. */
@NullMarked
package io.silenda.bench.measure;

import org.jspecify.annotations.NullMarked;
