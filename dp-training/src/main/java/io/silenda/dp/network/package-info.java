/**
 * Networks as data: layers, shapes, named parameters. What is described here, {@link
 * io.silenda.dp.train} trains, and an exporter can write as ONNX.
 */
@NullMarked
package io.silenda.dp.network;

import org.jspecify.annotations.NullMarked;
