/** How cost grows with rows, slots, depth, width and threads: measured points and fitted curves. */
@NullMarked
package io.silenda.bench.growth;

import org.jspecify.annotations.NullMarked;
