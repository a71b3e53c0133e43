/**
 * Gradients of single records, clipped and summed, without a tensor of all of them. Internal to
 * training.
 *
 * <p>Tensors between layers lie on the heap, record by record, channels last; operands of products
 * lie where {@link io.silenda.dp.blas.Blas} wants them. The bounds on floating-point error that
 * privacy needs are in docs/dp-numerics.md; comments name its sections.
 */
@NullMarked
package io.silenda.dp.engine;

import org.jspecify.annotations.NullMarked;
