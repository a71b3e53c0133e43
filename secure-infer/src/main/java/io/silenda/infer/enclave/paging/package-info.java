/**
 * Models larger than the memory that may hold them in the clear: a sealed model is cut into pages,
 * runs of layers whose weights fit, which ONNX Runtime runs one after another.
 *
 * <p>{@link io.silenda.infer.enclave.paging.PagedModelWriter} cuts and seals (the model's owner),
 * {@link io.silenda.infer.enclave.paging.PagedModel} opens and runs (the worker).
 */
@NullMarked
package io.silenda.infer.enclave.paging;

import org.jspecify.annotations.NullMarked;
