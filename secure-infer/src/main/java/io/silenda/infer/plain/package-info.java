/** Inference in the clear: the baseline that encrypted answers are compared with. */
@NullMarked
package io.silenda.infer.plain;

import org.jspecify.annotations.NullMarked;
