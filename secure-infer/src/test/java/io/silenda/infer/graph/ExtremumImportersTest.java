package io.silenda.infer.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtremumImportersTest {
  private static OnnxBuilder dense() {
    return OnnxBuilder.rows(4)
        .weights("w", 4, 4)
        .weights("v", 4, 4)
        .node("Gemm", List.of("x", "w"), "h");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Max", "Min"})
  void comparesWithConstantsAndTensors(String type) throws Exception {
    Graph scalar =
        RuntimeComparison.check(
            dense().scalar("c", 0.4).node(type, List.of("c", "h"), "y").output("y"));
    assertThat(((Operator.Activation) scalar.node(2).operator()).kind())
        .isEqualTo(ActivationKind.CLIP);
    RuntimeComparison.check(dense().weights("c", 4).node(type, List.of("h", "c"), "y").output("y"));
    RuntimeComparison.check(
        dense()
            .node("Gemm", List.of("h", "v"), "g")
            .node(type, List.of("h", "g"), "y")
            .output("y"));
  }

  @Test
  void knowsRelu() throws Exception {
    Graph graph =
        RuntimeComparison.check(
            dense().scalar("zero", 0).node("Max", List.of("h", "zero"), "y").output("y"));
    assertThat(((Operator.Activation) graph.node(2).operator()).kind())
        .isEqualTo(ActivationKind.RELU);
  }

  @Test
  void refusesMoreThanTwoOperands() throws Exception {
    OnnxBuilder three = dense().node("Max", List.of("h", "h", "h"), "y").output("y");
    assertThat(RuntimeComparison.refusal(three)).hasMessageContaining("several nodes of two");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Abs", "Sign", "ThresholdedRelu", "Celu"})
  void importsMoreActivations(String type) throws Exception {
    RuntimeComparison.check(dense().node(type, List.of("h"), "y").output("y"));
  }
}
