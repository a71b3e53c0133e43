package io.silenda.infer.graph;

import java.util.List;

/**
 * A model as the passes see it: in static single assignment, in topological order, without
 * constants, reshapes or the client's tail. Immutable.
 *
 * @param name name of the ONNX graph
 * @param nodes operators; the node with id {@code i} is {@code nodes.get(i)}
 * @param inputId id of the {@link Operator.Input} node
 * @param outputId id of the node that computes the core tensor
 * @param tail what turns the core tensor into {@link ModelInterface#firstFloatOutput()}
 * @param modelInterface names and shapes of the ONNX file
 */
public record Graph(
    String name,
    List<Node> nodes,
    int inputId,
    int outputId,
    ClientTail tail,
    ModelInterface modelInterface) {

  /**
   * Copies {@code nodes}.
   *
   * @throws IllegalArgumentException if an id is not its position or names no node
   */
  public Graph {
    nodes = List.copyOf(nodes);
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).id() != i) {
        throw new IllegalArgumentException("node at " + i + " has id " + nodes.get(i).id());
      }
    }
    requireNode("inputId", inputId, nodes.size());
    requireNode("outputId", outputId, nodes.size());
  }

  /** The node with id {@code id}. */
  public Node node(int id) {
    return nodes.get(id);
  }

  /** The same graph with other nodes, for a pass that rewrites it. */
  public Graph withNodes(List<Node> newNodes, int newInputId, int newOutputId) {
    return new Graph(name, newNodes, newInputId, newOutputId, tail, modelInterface);
  }

  /** A printable form, one line a node. */
  @Override
  public String toString() {
    return IrPrinter.print(this);
  }

  private static void requireNode(String name, int id, int count) {
    if (id < 0 || id >= count) {
      throw new IllegalArgumentException(name + " is " + id + ", must be in [0, " + count + ")");
    }
  }
}
