package io.silenda.infer.graph;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FusedImportersTest {
  private static final String DOMAIN = OperatorCatalog.RUNTIME_DOMAIN;

  private static OnnxBuilder node(
      OnnxBuilder builder, String type, List<String> inputs, AttributeProto... attributes) {
    return builder
        .importing(DOMAIN, 1)
        .nodeOf(DOMAIN, type, inputs, List.of("y"), attributes)
        .output("y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Relu", "Tanh", "Sigmoid", "LeakyRelu", "HardSigmoid", "Clip"})
  void importsFusedConvolutions(String activation) throws Exception {
    double[] parameters =
        switch (activation) {
          case "LeakyRelu" -> new double[] {0.3};
          case "HardSigmoid" -> new double[] {0.3, 0.4};
          case "Clip" -> new double[] {-0.5, 0.8};
          default -> new double[0];
        };
    OnnxBuilder builder = OnnxBuilder.rows(2, 5, 4).weights("w", 3, 2, 3, 3).weights("b", 3);
    RuntimeComparison.check(
        node(
            builder,
            "FusedConv",
            List.of("x", "w", "b"),
            OnnxBuilder.text("activation", activation),
            OnnxBuilder.floatsOf("activation_params", parameters)));
  }

  @Test
  void addsTheResidualOfAFusedConvolution() throws Exception {
    OnnxBuilder builder =
        OnnxBuilder.rows(2, 5, 4)
            .weights("w", 2, 2, 3, 3)
            .weights("b", 2)
            .node("Conv", List.of("x", "w"), "c", OnnxBuilder.ints("pads", 1, 1, 1, 1));
    RuntimeComparison.check(
        node(
            builder,
            "FusedConv",
            List.of("c", "w", "b", "x"),
            OnnxBuilder.ints("pads", 1, 1, 1, 1),
            OnnxBuilder.text("activation", "Relu")));
  }

  @Test
  void importsFusedProducts() throws Exception {
    RuntimeComparison.check(
        node(
            OnnxBuilder.rows(4).weights("w", 3, 4).weights("b", 3),
            "FusedGemm",
            List.of("x", "w", "b"),
            OnnxBuilder.integer("transB", 1),
            OnnxBuilder.text("activation", "LeakyRelu"),
            OnnxBuilder.real("activation_alpha", 0.2)));
    RuntimeComparison.check(
        node(
            OnnxBuilder.rows(4).weights("w", 3, 4),
            "FusedMatMul",
            List.of("x", "w"),
            OnnxBuilder.integer("transB", 1),
            OnnxBuilder.real("alpha", 0.5)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Gelu", "FastGelu", "BiasGelu", "QuickGelu"})
  void importsFormsOfGelu(String type) throws Exception {
    OnnxBuilder builder = OnnxBuilder.rows(4).weights("w", 4, 4).weights("b", 4);
    builder.node("MatMul", List.of("x", "w"), "h");
    List<String> inputs = type.equals("BiasGelu") ? List.of("h", "b") : List.of("h");
    Graph graph = RuntimeComparison.check(node(builder, type, inputs));
    assertThat(graph.node(graph.outputId()).operator()).isInstanceOf(Operator.Activation.class);
  }

  @Test
  void refusesLayoutsOfOneProcessorAndUnknownActivations() throws Exception {
    OnnxBuilder layout = OnnxBuilder.rows(2, 4, 4).importing("com.microsoft.nchwc", 1);
    layout.nodeOf("com.microsoft.nchwc", "ReorderInput", List.of("x"), List.of("y")).output("y");
    assertThat(RuntimeComparison.refusal(layout)).hasMessageContaining("extended or lower");
    OnnxBuilder unknown =
        node(
            OnnxBuilder.rows(4).weights("w", 4, 3),
            "FusedGemm",
            List.of("x", "w"),
            OnnxBuilder.text("activation", "Mystery"));
    assertThat(RuntimeComparison.refusal(unknown)).hasMessageContaining("use Relu, Tanh");
    OnnxBuilder transposed =
        node(
            OnnxBuilder.rows(4).weights("w", 4, 3),
            "FusedMatMul",
            List.of("x", "w"),
            OnnxBuilder.integer("transA", 1));
    assertThat(RuntimeComparison.refusal(transposed)).hasMessageContaining("use MatMul");
  }
}
