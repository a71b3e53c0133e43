package io.silenda.infer.graph;

import java.util.List;

/**
 * One operator of a {@link Graph}, which defines one tensor.
 *
 * @param id position in {@link Graph#nodes()}
 * @param name name of the ONNX node that it came from, or operator and index; unique in its graph
 * @param operator what it computes
 * @param inputs ids of the nodes it reads, each below {@code id}; empty for the input, else one
 * @param shape shape of its output, without the batch axis
 */
public record Node(
    int id, String name, Operator operator, List<Integer> inputs, TensorShape shape) {

  /**
   * Copies {@code inputs}.
   *
   * @throws IllegalArgumentException if an input is not below {@code id}
   */
  public Node {
    inputs = List.copyOf(inputs);
    for (int input : inputs) {
      if (input < 0 || input >= id) {
        throw new IllegalArgumentException(
            "input of node " + id + " is " + input + ", must be in [0, " + id + ")");
      }
    }
  }
}
