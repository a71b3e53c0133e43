/** Tensors of float32 and the {@code .npy} files that they travel in. */
@NullMarked
package io.silenda.infer.tensor;

import org.jspecify.annotations.NullMarked;
