/** Trained networks as ONNX models of ordinary operators. */
@NullMarked
package io.silenda.dp.export;

import org.jspecify.annotations.NullMarked;
