/** A dry run of an encrypted network in the clear: polynomials, noise, levels and ranges. */
@NullMarked
package io.silenda.infer.simulate;

import org.jspecify.annotations.NullMarked;
