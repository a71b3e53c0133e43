package io.silenda.infer.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Networks of a few neurons for tests of later passes: 8 inputs, 6 hidden elements, 3 outputs. */
public final class SmallNetworks {
  /** Elements of one row. */
  public static final int INPUTS = 8;

  private SmallNetworks() {}

  /** Gemm, one activation of this operator type, Gemm. */
  public static Path withActivation(Path folder, String type) throws IOException {
    return hidden(activation(type)).output("h2").write(folder);
  }

  /** Gemm, an activation, Gemm, the same activation, Gemm. */
  public static Path withTwoActivations(Path folder, String type) throws IOException {
    return hidden(activation(type))
        .node(type, List.of("h2"), "a2")
        .weights("w3", 3, 3)
        .weights("b3", 3)
        .node("Gemm", List.of("a2", "w3", "b3"), "h3")
        .output("h3")
        .write(folder);
  }

  /** Gemm, Tanh, Gemm and then these nodes in a row. */
  public static Path withTail(Path folder, String... types) throws IOException {
    OnnxBuilder builder = hidden(activation("Tanh"));
    String previous = "h2";
    for (String type : types) {
      AttributeProto[] attributes =
          type.equals("ArgMax")
              ? new AttributeProto[] {OnnxBuilder.integer("axis", 1)}
              : new AttributeProto[0];
      builder.node(type, List.of(previous), type, attributes);
      previous = type;
    }
    return builder.output(previous).write(folder);
  }

  /** One Gemm with this polynomial behind it, computed with Mul and Add, and a second Gemm. */
  public static Path withPolynomial(Path folder, double... coefficients) throws IOException {
    OnnxBuilder builder =
        first().scalar("c" + (coefficients.length - 1), coefficients[coefficients.length - 1]);
    String value = "c" + (coefficients.length - 1);
    for (int i = coefficients.length - 2; i >= 0; i--) {
      builder
          .scalar("c" + i, coefficients[i])
          .node("Mul", List.of("h1", value), "m" + i)
          .node("Add", List.of("m" + i, "c" + i), "s" + i);
      value = "s" + i;
    }
    return second(builder, value).output("h2").write(folder);
  }

  /** A Gemm of one output with a Sigmoid behind it. */
  public static Path logisticRegression(Path folder) throws IOException {
    return OnnxBuilder.rows(INPUTS)
        .weights("w", INPUTS, 1)
        .weights("b", 1)
        .node("Gemm", List.of("x", "w", "b"), "h")
        .node("Sigmoid", List.of("h"), "p")
        .output("p")
        .write(folder);
  }

  /** A dense layer of one output for features of which each is ten times the one before. */
  public static Path unscaledFeatures(Path folder) throws IOException {
    double[] weights = new double[INPUTS];
    for (int i = 0; i < INPUTS; i++) {
      weights[i] = 300 * Math.pow(10, -i) * (i % 2 == 0 ? 1 : -0.8);
    }
    return OnnxBuilder.rows(INPUTS)
        .floats("w", new int[] {INPUTS, 1}, weights)
        .node("MatMul", List.of("x", "w"), "h")
        .output("h")
        .write(folder);
  }

  /** A LinearClassifier of scikit-learn's shape, its probabilities in a ZipMap. */
  public static Path classifierWithZipMap(Path folder) throws IOException {
    String domain = OperatorCatalog.CLASSICAL_DOMAIN;
    return OnnxBuilder.rows(INPUTS)
        .importing(domain, 3)
        .nodeOf(
            domain,
            "LinearClassifier",
            List.of("x"),
            List.of("label", "p"),
            OnnxBuilder.floatsOf(
                "coefficients",
                1,
                -2,
                0.5,
                1,
                -1,
                0.3,
                0.7,
                -0.2,
                -1,
                1,
                0.1,
                0,
                2,
                -0.6,
                0.4,
                0.9),
            OnnxBuilder.floatsOf("intercepts", 0.1, -0.3),
            OnnxBuilder.texts("classlabels_strings", "no", "yes"),
            OnnxBuilder.text("post_transform", "SOFTMAX"))
        .nodeOf(
            domain,
            "ZipMap",
            List.of("p"),
            List.of("map"),
            OnnxBuilder.texts("classlabels_strings", "no", "yes"))
        .output("label")
        .output("map")
        .write(folder);
  }

  private static OnnxBuilder hidden(Activation activation) {
    OnnxBuilder builder = first();
    activation.addTo(builder);
    return second(builder, "a");
  }

  private static OnnxBuilder first() {
    return OnnxBuilder.rows(INPUTS)
        .weights("w1", INPUTS, 6)
        .weights("b1", 6)
        .node("Gemm", List.of("x", "w1", "b1"), "h1");
  }

  private static OnnxBuilder second(OnnxBuilder builder, String input) {
    return builder
        .weights("w2", 6, 3)
        .weights("b2", 3)
        .node("Gemm", List.of(input, "w2", "b2"), "h2");
  }

  @FunctionalInterface
  private interface Activation {
    void addTo(OnnxBuilder builder);
  }

  private static Activation activation(String type) {
    return switch (type) {
      case "PRelu" ->
          builder -> builder.scalar("slope", 0.3).node(type, List.of("h1", "slope"), "a");
      case "Clip" ->
          builder ->
              builder
                  .scalar("low", -1)
                  .scalar("high", 1.5)
                  .node(type, List.of("h1", "low", "high"), "a");
      case "Silu" ->
          builder ->
              builder
                  .node("Sigmoid", List.of("h1"), "sigmoid")
                  .node("Mul", List.of("h1", "sigmoid"), "a");
      case "Gelu" ->
          builder ->
              builder
                  .scalar("root", 1 / Math.sqrt(2))
                  .scalar("one", 1)
                  .scalar("half", 0.5)
                  .node("Mul", List.of("h1", "root"), "g1")
                  .node("Erf", List.of("g1"), "g2")
                  .node("Add", List.of("g2", "one"), "g3")
                  .node("Mul", List.of("h1", "g3"), "g4")
                  .node("Mul", List.of("g4", "half"), "a");
      default -> builder -> builder.node(type, List.of("h1"), "a");
    };
  }
}
