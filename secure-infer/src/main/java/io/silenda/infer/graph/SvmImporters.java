package io.silenda.infer.graph;

import io.silenda.infer.graph.Value.Computed;
import io.silenda.infer.graph.Value.OnClient;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Support vector machines of {@code ai.onnx.ml} whose kernel is a polynomial of the inner product,
 * so that they are two dense layers around a power.
 */
final class SvmImporters {
  private static final int MAX_DEGREE = 16;

  private SvmImporters() {}

  static Map<String, NodeImporter> all() {
    return Map.of(
        "SVMRegressor", SvmImporters::regressor, "SVMClassifier", SvmImporters::classifier);
  }

  /**
   * Of two classes: the sum of kernels, which ONNX Runtime writes behind its negative, and whose
   * sign is the label.
   */
  private static Value classifier(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    List<String> labels = ClassicalImporters.labels(node);
    if (labels.size() != 2) {
      throw new UnsupportedNodeException(
          "the votes of "
              + node.operatorType()
              + " between pairs of "
              + labels.size()
              + " classes; use LinearSVC or logistic regression");
    }
    requireDecisionFunction(node);
    double[] coefficients = required(node, "coefficients");
    if (Arrays.stream(coefficients).allMatch(value -> value >= 0)) {
      throw new UnsupportedNodeException("support vectors of one class alone; use SVMRegressor");
    }
    Computed decision = score(node, node.materialised(0), coefficients, required(node, "rho")[0]);
    Operator.Dense both = new Operator.Dense(Matrix.of(2, 1, new double[] {-1, 1}), new double[2]);
    String scoresName = node.outputName(1);
    Computed scores = node.builder().addLinear(scoresName, both, decision, TensorShape.of(2));
    node.setOutput(1, scores);
    // Of the two columns the first is the larger one where the second label holds.
    return new OnClient(
        scores,
        scoresName,
        new ClientTail.Label(List.of(labels.get(1), labels.get(0))),
        node.outputName(0),
        TensorShape.of());
  }

  private static void requireDecisionFunction(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    if (!node.attributes().string("post_transform", "NONE").equals("NONE")) {
      throw new UnsupportedNodeException("post_transform must be NONE");
    }
    if (node.attributes().reals("prob_a").map(values -> values.length).orElse(0) > 0) {
      throw new UnsupportedNodeException(
          "probabilities of a support vector machine; train it with probability=False");
    }
    if (node.attributes().integers("vectors_per_class").map(counts -> counts.length).orElse(0)
        != 2) {
      throw new UnsupportedNodeException("a classifier without support vectors; use LinearSVC");
    }
    if (node.outputCount() < 2 || node.outputName(1).isEmpty()) {
      throw new UnsupportedNodeException("its scores must be an output, not its label alone");
    }
  }

  private static Value regressor(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    if (node.attributes().integer("one_class", 0) != 0) {
      throw new UnsupportedNodeException("one_class must be 0; use a regression");
    }
    if (!node.attributes().string("post_transform", "NONE").equals("NONE")) {
      throw new UnsupportedNodeException("post_transform must be NONE");
    }
    Computed input = node.materialised(0);
    double[] coefficients = required(node, "coefficients");
    double intercept = required(node, "rho")[0];
    long supports = node.attributes().integer("n_supports", 0);
    if (supports == 0) {
      requireRow(node, input);
      return dense(node, input, coefficients, coefficients.length, intercept);
    }
    if (supports != coefficients.length) {
      throw node.invalid(
          "has " + coefficients.length + " coefficients for " + supports + " support vectors");
    }
    return score(node, input, coefficients, intercept);
  }

  private static void requireRow(NodeContext node, Computed input) throws OnnxImportException {
    if (input.shape().rank() != 1) {
      throw node.invalid("reads rows of shape " + input.shape());
    }
  }

  /** A weighted sum of kernels with the support vectors. */
  private static Computed score(
      NodeContext node, Computed input, double[] coefficients, double intercept)
      throws OnnxImportException, UnsupportedNodeException {
    requireRow(node, input);
    double[] vectors = required(node, "support_vectors");
    if (vectors.length != (long) coefficients.length * input.shape().elementCount()) {
      throw node.invalid(
          "has "
              + vectors.length
              + " numbers in "
              + coefficients.length
              + " support vectors of rows of shape "
              + input.shape());
    }
    return withKernel(node, input, vectors, coefficients, intercept);
  }

  private static Computed withKernel(
      NodeContext node, Computed input, double[] vectors, double[] coefficients, double intercept)
      throws OnnxImportException, UnsupportedNodeException {
    int features = input.shape().elementCount();
    String kernel = node.attributes().string("kernel_type", "LINEAR").toUpperCase(Locale.ROOT);
    if (kernel.equals("LINEAR")) {
      double[] sum = new double[features];
      for (int i = 0; i < vectors.length; i++) {
        sum[i % features] += coefficients[i / features] * vectors[i];
      }
      return dense(node, input, sum, features, intercept);
    } else if (!kernel.equals("POLY")) {
      throw new UnsupportedNodeException(
          "kernel " + Text.name(kernel) + "; use a linear or polynomial kernel");
    }
    double[] parameters = required(node, "kernel_params");
    double degree = parameters.length == 3 ? parameters[2] : Double.NaN;
    if (degree != Math.rint(degree) || degree < 1 || degree > MAX_DEGREE) {
      throw new UnsupportedNodeException("the kernel's degree must be an integer from 1 to 16");
    }
    double[] scaled = Arrays.stream(vectors).map(value -> value * parameters[0]).toArray();
    double[] offsets = new double[coefficients.length];
    Arrays.fill(offsets, parameters[1]);
    node.builder().charge(2L * vectors.length);
    Matrix inner = Matrix.adopt(coefficients.length, features, scaled);
    Computed products =
        node.builder()
            .addLinear(
                node.name(),
                new Operator.Dense(inner, offsets),
                input,
                TensorShape.of(coefficients.length));
    Computed powers = products.withFunction(products.function().power((int) degree), node.name());
    return dense(
        node, node.builder().materialise(powers), coefficients, coefficients.length, intercept);
  }

  private static double[] required(NodeContext node, String name) throws OnnxImportException {
    double[] values = node.attributes().reals(name).orElse(new double[0]);
    if (values.length == 0) {
      throw node.invalid("lacks " + name);
    }
    return values;
  }

  private static Computed dense(
      NodeContext node, Computed input, double[] weights, int columns, double intercept)
      throws OnnxImportException {
    if (columns != input.shape().elementCount()) {
      throw node.invalid("has " + columns + " weights for rows of shape " + input.shape());
    }
    node.builder().charge(columns);
    Operator.Dense sum =
        new Operator.Dense(Matrix.of(1, columns, weights), new double[] {intercept});
    return node.builder().addLinear(node.name(), sum, input, TensorShape.of(1));
  }
}
