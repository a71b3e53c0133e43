package io.silenda.infer.graph;

import java.util.List;

/**
 * One operator of a {@link Graph}, which defines one tensor.
 *
 * @param id position in {@link Graph#nodes()}
 * @param name name of the ONNX node that it came from, or operator and index; unique in its graph
 * @param operator what it computes
 * @param inputs ids of the nodes it reads, each below {@code id}, possibly one twice; none for
 *     {@link Operator.Input}, at least two for {@link Operator.Add}, two for {@link
 *     Operator.Multiply}, else one
 * @param shape shape of its output, without the batch axis
 */
public record Node(
    int id, String name, Operator operator, List<Integer> inputs, TensorShape shape) {

  /**
   * Copies {@code inputs}.
   *
   * @throws IllegalArgumentException if an input is not below {@code id}, or the operator takes
   *     another number of them
   */
  public Node {
    inputs = List.copyOf(inputs);
    for (int input : inputs) {
      if (input < 0 || input >= id) {
        throw new IllegalArgumentException(
            "input of node " + id + " is " + input + ", must be in [0, " + id + ")");
      }
    }
    if (!takes(operator, inputs.size())) {
      throw new IllegalArgumentException(operator + " at " + id + " reads " + inputs);
    }
  }

  private static boolean takes(Operator operator, int count) {
    if (operator instanceof Operator.Add) {
      return count >= 2;
    } else if (operator instanceof Operator.Multiply) {
      return count == 2;
    }
    return count == (operator instanceof Operator.Input ? 0 : 1);
  }
}
