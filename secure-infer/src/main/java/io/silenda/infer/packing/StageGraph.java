package io.silenda.infer.packing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stages in static single assignment: tensor 0 is the input, tensor i + 1 the result of node i. The
 * last node is linear and computes the answer.
 *
 * @param nodes stages with the tensors that they take, in topological order
 * @param inputSize elements of one input row
 * @param inputImage the input's shape where it is an image
 */
public record StageGraph(List<Node> nodes, int inputSize, Optional<ImageShape> inputImage) {
  /**
   * A stage with its operands.
   *
   * @param stage what it computes
   * @param operands ids of the tensors that it takes
   */
  public record Node(Stage stage, List<Integer> operands) {
    /** Copies the list of operands. */
    public Node {
      operands = List.copyOf(operands);
    }
  }

  /** Copies the list of nodes and checks that the last one is linear. */
  public StageGraph {
    nodes = List.copyOf(nodes);
    for (int i = 0; i < nodes.size(); i++) {
      for (int operand : nodes.get(i).operands()) {
        if (operand < 0 || operand > i) {
          throw new IllegalArgumentException("node " + i + " takes tensor " + operand);
        }
      }
    }
    if (nodes.isEmpty() || !(nodes.get(nodes.size() - 1).stage() instanceof Stage.Linear)) {
      throw new IllegalArgumentException("nodes do not end with a linear stage");
    }
  }

  /** Stages one after the other. */
  public static StageGraph chain(
      List<? extends Stage> stages, int inputSize, Optional<ImageShape> inputImage) {
    List<Node> nodes = new ArrayList<>();
    for (Stage stage : stages) {
      nodes.add(new Node(stage, List.of(nodes.size())));
    }
    return new StageGraph(nodes, inputSize, inputImage);
  }

  /**
   * The same graph with an identity behind it. The last stage ends without a rescale, so that its
   * products must fit into one prime; with this, those of the last layer have two. It takes a level
   * and one product.
   */
  public StageGraph withAnswerStage() {
    Node last = nodes.get(nodes.size() - 1);
    int outputs = ((Stage.Linear) last.stage()).outputSize();
    SparseMatrix.Builder identity = new SparseMatrix.Builder(outputs, outputs);
    for (int i = 0; i < outputs; i++) {
      identity.add(i, i, 1);
    }
    Stage answer =
        new Stage.Linear(
            last.stage().name() + "/answer",
            List.of(identity.build()),
            new double[outputs],
            Optional.empty());
    List<Node> extended = new ArrayList<>(nodes);
    extended.add(new Node(answer, List.of(nodes.size())));
    return new StageGraph(extended, inputSize, inputImage);
  }

  /** The stages in order. */
  public List<Stage> stages() {
    return nodes.stream().map(Node::stage).toList();
  }

  /** Number of tensors: the input and each stage's result. */
  public int tensorCount() {
    return nodes.size() + 1;
  }

  /** Elements of each tensor. */
  public int[] sizes() {
    int[] sizes = new int[tensorCount()];
    sizes[0] = inputSize;
    for (int i = 0; i < nodes.size(); i++) {
      sizes[i + 1] =
          nodes.get(i).stage() instanceof Stage.Linear linear
              ? linear.outputSize()
              : sizes[nodes.get(i).operands().get(0)];
    }
    return sizes;
  }

  /** All tensors for one row, the input first. */
  public List<double[]> evaluate(double[] row) {
    List<double[]> tensors = new ArrayList<>();
    tensors.add(row);
    for (Node node : nodes) {
      tensors.add(node.stage().apply(node.operands().stream().map(tensors::get).toList()));
    }
    return tensors;
  }

  /** The levels of this graph. */
  public LevelPlan levels() {
    return LevelPlan.of(
        nodes.stream().map(Node::operands).toList(),
        nodes.stream().map(node -> node.stage().depth()).toList());
  }
}
