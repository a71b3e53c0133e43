/**
 * ONNX import and the graph that every later pass reads.
 *
 * <p>{@link io.silenda.infer.graph.OnnxImporter} turns a file into a {@link
 * io.silenda.infer.graph.Graph} of linear maps and elementwise functions; {@link
 * io.silenda.infer.graph.GraphInterpreter} evaluates it in the clear and is the reference that
 * encrypted results are compared with.
 */
@NullMarked
package io.silenda.infer.graph;

import org.jspecify.annotations.NullMarked;
