package io.silenda.infer.graph;

import static io.silenda.infer.graph.OnnxBuilder.real;
import static io.silenda.infer.graph.OnnxBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActivationImportersTest {
  private static OnnxBuilder hidden() {
    return OnnxBuilder.rows(4)
        .weights("w", 4, 16)
        .weights("v", 16, 2)
        .node("MatMul", List.of("x", "w"), "h");
  }

  /** The activation between two linear layers. */
  private static Operator.Activation activation(OnnxBuilder builder) throws Exception {
    Graph graph =
        RuntimeComparison.check(builder.node("MatMul", List.of("a", "v"), "y").output("y"));
    assertThat(graph.nodes()).hasSize(4);
    return (Operator.Activation) graph.node(2).operator();
  }

  private static Operator.Activation single(
      OnnxBuilder builder, String type, AttributeProto... attributes) throws Exception {
    return activation(builder.node(type, List.of("h"), "a", attributes));
  }

  @Test
  void importsFunctionsWithoutParameters() throws Exception {
    assertThat(single(hidden(), "Relu").kind()).isEqualTo(ActivationKind.RELU);
    assertThat(single(hidden(), "Sigmoid").kind()).isEqualTo(ActivationKind.SIGMOID);
    assertThat(single(hidden(), "Tanh").kind()).isEqualTo(ActivationKind.TANH);
    assertThat(single(hidden(), "Erf").kind()).isEqualTo(ActivationKind.ERF);
    assertThat(single(hidden(), "Softplus").kind()).isEqualTo(ActivationKind.SOFTPLUS);
    assertThat(single(hidden(), "Softsign").kind()).isEqualTo(ActivationKind.SOFTSIGN);
    assertThat(single(hidden(), "HardSwish").kind()).isEqualTo(ActivationKind.HARD_SWISH);
    assertThat(single(hidden().opset(18), "Mish").kind()).isEqualTo(ActivationKind.MISH);
  }

  @Test
  void importsFunctionsWithParameters() throws Exception {
    assertThat(single(hidden(), "LeakyRelu"))
        .isEqualTo(new Operator.Activation(ActivationKind.LEAKY_RELU, 0.01f, 0));
    assertThat(single(hidden(), "LeakyRelu", real("alpha", 0.25)))
        .isEqualTo(new Operator.Activation(ActivationKind.LEAKY_RELU, 0.25, 0));
    assertThat(single(hidden(), "Elu", real("alpha", 0.5)))
        .isEqualTo(new Operator.Activation(ActivationKind.ELU, 0.5, 0));
    assertThat(single(hidden(), "Selu").kind()).isEqualTo(ActivationKind.SELU);
    assertThat(single(hidden(), "HardSigmoid").kind()).isEqualTo(ActivationKind.HARD_SIGMOID);
    assertThat(activation(hidden().scalar("s", 0.1).node("PRelu", List.of("h", "s"), "a")))
        .isEqualTo(new Operator.Activation(ActivationKind.LEAKY_RELU, 0.1f, 0));
  }

  @Test
  void importsBothFormsOfGelu() throws Exception {
    assertThat(single(hidden().opset(20), "Gelu").kind()).isEqualTo(ActivationKind.GELU);
    assertThat(single(hidden().opset(20), "Gelu", text("approximate", "tanh")).kind())
        .isEqualTo(ActivationKind.GELU_TANH);
  }

  @Test
  void importsClip() throws Exception {
    OnnxBuilder inputs =
        hidden()
            .scalar("low", -0.5)
            .scalar("high", 6)
            .node("Clip", List.of("h", "low", "high"), "a");
    assertThat(activation(inputs)).isEqualTo(new Operator.Activation(ActivationKind.CLIP, -0.5, 6));
    OnnxBuilder lower = hidden().scalar("low", 0).node("Clip", List.of("h", "low"), "a");
    assertThat(activation(lower).kind()).isEqualTo(ActivationKind.RELU);
    OnnxBuilder upper = hidden().scalar("high", 1).node("Clip", List.of("h", "", "high"), "a");
    assertThat(activation(upper))
        .isEqualTo(new Operator.Activation(ActivationKind.CLIP, Double.NEGATIVE_INFINITY, 1));
    assertThat(single(hidden().opset(9), "Clip", real("min", 0), real("max", 6)))
        .isEqualTo(new Operator.Activation(ActivationKind.CLIP, 0, 6));
  }

  @Test
  void recognisesSiluFromItsParts() throws Exception {
    OnnxBuilder builder =
        hidden().node("Sigmoid", List.of("h"), "s").node("Mul", List.of("h", "s"), "a");
    assertThat(activation(builder).kind()).isEqualTo(ActivationKind.SILU);
  }

  @Test
  void recognisesSiluOfAScaledTensor() throws Exception {
    OnnxBuilder builder =
        hidden()
            .scalar("c", 0.5)
            .node("Mul", List.of("h", "c"), "g")
            .node("Sigmoid", List.of("g"), "s")
            .node("Mul", List.of("g", "s"), "a");
    assertThat(activation(builder).kind()).isEqualTo(ActivationKind.SILU);
  }

  @Test
  void recognisesQuickGelu() throws Exception {
    OnnxBuilder builder =
        hidden()
            .scalar("c", 1.702)
            .node("Mul", List.of("h", "c"), "g")
            .node("Sigmoid", List.of("g"), "s")
            .node("Mul", List.of("h", "s"), "a");
    assertThat(activation(builder).kind()).isEqualTo(ActivationKind.QUICK_GELU);
  }

  @Test
  void recognisesGeluFromItsParts() throws Exception {
    OnnxBuilder builder =
        hidden()
            .scalar("root", 1.4142135381698608)
            .scalar("one", 1)
            .scalar("half", 0.5)
            .node("Div", List.of("h", "root"), "d")
            .node("Erf", List.of("d"), "e")
            .node("Add", List.of("e", "one"), "p")
            .node("Mul", List.of("h", "p"), "m")
            .node("Mul", List.of("m", "half"), "a");
    assertThat(activation(builder).kind()).isEqualTo(ActivationKind.GELU);
  }

  @Test
  void recognisesTanhGeluFromItsParts() throws Exception {
    OnnxBuilder builder =
        hidden()
            .scalar("three", 3)
            .scalar("c", 0.044715)
            .scalar("k", 0.7978845608)
            .scalar("one", 1)
            .scalar("half", 0.5)
            .node("Pow", List.of("h", "three"), "p")
            .node("Mul", List.of("p", "c"), "q")
            .node("Add", List.of("h", "q"), "r")
            .node("Mul", List.of("r", "k"), "s")
            .node("Tanh", List.of("s"), "t")
            .node("Add", List.of("t", "one"), "u")
            .node("Mul", List.of("h", "half"), "v2")
            .node("Mul", List.of("v2", "u"), "a");
    assertThat(activation(builder).kind()).isEqualTo(ActivationKind.GELU_TANH);
  }

  @Test
  void recognisesMishAndHardSwishFromTheirParts() throws Exception {
    OnnxBuilder mish =
        hidden()
            .node("Softplus", List.of("h"), "s")
            .node("Tanh", List.of("s"), "t")
            .node("Mul", List.of("h", "t"), "a");
    assertThat(activation(mish).kind()).isEqualTo(ActivationKind.MISH);
    OnnxBuilder hardSwish =
        hidden()
            .scalar("three", 3)
            .scalar("zero", 0)
            .scalar("six", 6)
            .node("Add", List.of("h", "three"), "s")
            .node("Clip", List.of("s", "zero", "six"), "t")
            .node("Mul", List.of("h", "t"), "u")
            .node("Div", List.of("u", "six"), "a");
    assertThat(activation(hardSwish).kind()).isEqualTo(ActivationKind.HARD_SWISH);
  }

  @Test
  void splitsCompositionsIntoKnownFunctions() throws Exception {
    OnnxBuilder builder =
        hidden()
            .scalar("c", 0.5)
            .scalar("d", 2)
            .node("Mul", List.of("h", "c"), "g")
            .node("Tanh", List.of("g"), "t")
            .node("Mul", List.of("t", "d"), "m")
            .node("Add", List.of("m", "c"), "n")
            .node("Relu", List.of("n"), "r")
            .node("Mul", List.of("r", "r"), "y")
            .output("y");
    Graph graph = RuntimeComparison.check(builder);
    assertThat(graph.nodes().stream().map(node -> node.operator().getClass().getSimpleName()))
        .containsExactly("Input", "Dense", "Activation", "Convolution", "Activation", "Polynomial");
  }

  @Test
  void scalesAKnownFunction() throws Exception {
    OnnxBuilder builder =
        hidden()
            .scalar("d", 2)
            .scalar("one", 1)
            .node("Sigmoid", List.of("h"), "s")
            .node("Mul", List.of("h", "s"), "t")
            .node("Mul", List.of("t", "d"), "m")
            .node("Add", List.of("m", "one"), "a");
    assertThat(activation(builder).kind()).isEqualTo(ActivationKind.SILU);
  }

  @Test
  void computesUnknownCombinationsApart() throws Exception {
    OnnxBuilder builder =
        hidden()
            .node("Tanh", List.of("h"), "t")
            .node("Sigmoid", List.of("h"), "s")
            .node("Add", List.of("t", "s"), "a")
            .node("Gemm", List.of("a", "v"), "y")
            .output("y");
    assertThat(RuntimeComparison.check(builder).node(4).operator()).isEqualTo(new Operator.Add());
  }

  @Test
  void takesASlopeForEachElement() throws Exception {
    OnnxBuilder builder =
        hidden().weights("s", 16).node("PRelu", List.of("h", "s"), "y").output("y");
    RuntimeComparison.check(builder);
    OnnxBuilder channels =
        OnnxBuilder.rows(3, 4, 5)
            .weights("s", 3, 1, 1)
            .node("PRelu", List.of("x", "s"), "y")
            .output("y");
    RuntimeComparison.check(channels);
  }
}
