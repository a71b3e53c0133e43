package io.silenda.infer.graph;

/** Imports the nodes of one operator type. */
@FunctionalInterface
interface NodeImporter {
  /**
   * The value of the node's first output; further outputs are set on {@code node}.
   *
   * @throws UnsupportedNodeException if this node cannot run on encrypted data
   * @throws OnnxImportException if the model is invalid
   */
  Value importNode(NodeContext node) throws OnnxImportException, UnsupportedNodeException;
}
