/**
 * Packing: from a graph of linear maps and polynomials to slots, rotations and diagonals.
 *
 * <p>Everything here is about positions, not about encryption: a packed program can be run on plain
 * arrays of doubles, and its tests do.
 */
@NullMarked
package io.silenda.infer.packing;

import org.jspecify.annotations.NullMarked;
