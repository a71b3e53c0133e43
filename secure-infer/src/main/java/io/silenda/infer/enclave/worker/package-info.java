/**
 * What runs inside a worker process: it locks itself down, loads its model into ONNX Runtime, and
 * answers sealed requests on its standard input and output.
 */
@NullMarked
package io.silenda.infer.enclave.worker;

import org.jspecify.annotations.NullMarked;
