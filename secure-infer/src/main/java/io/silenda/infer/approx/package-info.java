/** Approximation: activations become polynomials. */
@NullMarked
package io.silenda.infer.approx;

import org.jspecify.annotations.NullMarked;
