/** Private inference: from an ONNX model to an answer, encrypted or in the clear. */
@NullMarked
package io.silenda.infer;

import org.jspecify.annotations.NullMarked;
