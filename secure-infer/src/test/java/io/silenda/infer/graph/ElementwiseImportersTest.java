package io.silenda.infer.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.infer.graph.OnnxImportException.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElementwiseImportersTest {
  private static OnnxBuilder dense() {
    return OnnxBuilder.rows(4)
        .weights("w", 4, 4)
        .weights("b", 4)
        .node("Gemm", List.of("x", "w", "b"), "h");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Add", "Sub", "Mul", "Div"})
  void foldsConstantsIntoALinearOperator(String type) throws Exception {
    for (List<String> inputs : List.of(List.of("h", "c"), List.of("c", "h"))) {
      if (!(type.equals("Div") && inputs.get(0).equals("c"))) {
        OnnxBuilder vector =
            dense()
                .floats("c", new int[] {1, 4}, 0.5, -2, 3, 1)
                .node(type, inputs, "y")
                .output("y");
        assertThat(RuntimeComparison.check(vector).nodes()).hasSize(2);
        OnnxBuilder scalar = dense().scalar("c", -0.7).node(type, inputs, "y").output("y");
        assertThat(RuntimeComparison.check(scalar).nodes()).hasSize(2);
      }
    }
  }

  @Test
  void broadcastsOverChannelsAndPixels() throws Exception {
    for (int[] dimensions : List.of(new int[] {3, 1, 1}, new int[] {1, 3, 1, 1})) {
      OnnxBuilder channels =
          OnnxBuilder.rows(3, 4, 5)
              .weights("c", dimensions)
              .weights("w", 2, 3, 2, 2)
              .node("Mul", List.of("x", "c"), "h")
              .node("Conv", List.of("h", "w"), "y")
              .output("y");
      assertThat(RuntimeComparison.check(channels).nodes()).hasSize(2);
    }
    for (int[] dimensions :
        List.of(new int[] {5}, new int[] {4, 1}, new int[] {3, 4, 5}, new int[] {1, 1, 4, 5})) {
      OnnxBuilder pixels =
          OnnxBuilder.rows(3, 4, 5)
              .weights("c", dimensions)
              .weights("w", 60, 2)
              .node("Add", List.of("x", "c"), "h")
              .node("Flatten", List.of("h"), "f")
              .node("Gemm", List.of("f", "w"), "y")
              .output("y");
      assertThat(RuntimeComparison.check(pixels).nodes()).hasSize(2);
    }
  }

  @Test
  void refusesConstantsThatVaryByRowOrDoNotFit() throws Exception {
    for (int[] dimensions : List.of(new int[] {2, 4}, new int[] {3}, new int[] {1, 1, 4})) {
      OnnxBuilder builder =
          dense().weights("c", dimensions).node("Add", List.of("h", "c"), "y").output("y");
      assertThat(RuntimeComparison.refusal(builder).reason())
          .isEqualTo(Reason.UNSUPPORTED_OPERATORS);
    }
  }

  @Test
  void keepsPowersExact() throws Exception {
    for (int exponent : new int[] {2, 3, 4}) {
      OnnxBuilder builder =
          dense().scalar("e", exponent).node("Pow", List.of("h", "e"), "y").output("y");
      Graph graph = RuntimeComparison.check(builder);
      double[] expected = new double[exponent + 1];
      expected[exponent] = 1;
      assertThat(graph.node(graph.outputId()).operator())
          .isEqualTo(new Operator.Polynomial(expected));
    }
    Graph square = RuntimeComparison.check(dense().node("Mul", List.of("h", "h"), "y").output("y"));
    assertThat(square.node(2).operator())
        .isEqualTo(new Operator.Polynomial(new double[] {0, 0, 1}));
  }

  @Test
  void refusesFractionalExponents() throws Exception {
    OnnxBuilder builder = dense().scalar("e", 0.5).node("Pow", List.of("h", "e"), "y").output("y");
    assertThat(RuntimeComparison.refusal(builder)).hasMessageContaining("integer from 1 to 16");
  }

  @Test
  void collectsPolynomialsFromSeveralNodes() throws Exception {
    // 0.5 h² - 2 h + 3
    OnnxBuilder builder =
        dense()
            .scalar("half", 0.5)
            .scalar("two", 2)
            .scalar("three", 3)
            .node("Mul", List.of("h", "h"), "s")
            .node("Mul", List.of("s", "half"), "a")
            .node("Mul", List.of("two", "h"), "t")
            .node("Sub", List.of("a", "t"), "d")
            .node("Add", List.of("d", "three"), "y")
            .output("y");
    Graph graph = RuntimeComparison.check(builder);
    assertThat(graph.node(2).operator())
        .isEqualTo(new Operator.Polynomial(new double[] {3, -2, 0.5}));
  }

  @Test
  void movesTheFactorOfAPowerIntoTheNextLinearOperator() throws Exception {
    OnnxBuilder builder =
        dense()
            .scalar("half", 0.5)
            .weights("v", 4, 2)
            .node("Mul", List.of("h", "h"), "s")
            .node("Mul", List.of("s", "half"), "a")
            .node("Gemm", List.of("a", "v"), "y")
            .output("y");
    Graph graph = RuntimeComparison.check(builder);
    assertThat(graph.nodes()).hasSize(4);
    assertThat(graph.node(2).operator()).isEqualTo(new Operator.Polynomial(new double[] {0, 0, 1}));
  }

  @Test
  void splitsFunctionsThatGrowTooLarge() throws Exception {
    OnnxBuilder builder = dense().scalar("c", 0.3).scalar("d", 0.1);
    String previous = "h";
    for (int i = 0; i < 40; i++) {
      builder
          .node("Mul", List.of(previous, "c"), "m" + i)
          .node("Add", List.of("m" + i, "d"), "a" + i);
      previous = "a" + i;
    }
    assertThat(RuntimeComparison.check(builder.output(previous)).nodes()).hasSize(2);
    OnnxBuilder squares = dense().scalar("c", 0.1);
    String last = "h";
    for (int i = 0; i < 7; i++) {
      squares
          .node("Mul", List.of(last, "c"), "c" + i)
          .node("Mul", List.of("c" + i, "c" + i), "s" + i);
      last = "s" + i;
    }
    RuntimeComparison.check(squares.output(last));
  }

  @Test
  void joinsDifferentTensors() throws Exception {
    OnnxBuilder residual =
        dense()
            .node("Gemm", List.of("h", "w"), "g")
            .node("Add", List.of("g", "h"), "y")
            .output("y");
    assertThat(RuntimeComparison.check(residual).node(3).operator()).isEqualTo(new Operator.Add());
    OnnxBuilder gate =
        dense()
            .node("Gemm", List.of("h", "w"), "g")
            .node("Mul", List.of("g", "h"), "y")
            .output("y");
    assertThat(RuntimeComparison.check(gate).node(3).operator()).isEqualTo(new Operator.Multiply());
    OnnxBuilder difference =
        dense()
            .node("Gemm", List.of("h", "w"), "g")
            .node("Tanh", List.of("g"), "t")
            .node("Sub", List.of("h", "t"), "y")
            .output("y");
    RuntimeComparison.check(difference);
  }

  @Test
  void repeatsAnOperandAlongAxesOfSizeOne() throws Exception {
    OnnxBuilder squeezeAndExcite =
        OnnxBuilder.rows(3, 4, 5)
            .weights("w", 3, 3, 1, 1)
            .node("GlobalAveragePool", List.of("x"), "g")
            .node("Conv", List.of("g", "w"), "s")
            .node("Mul", List.of("x", "s"), "y")
            .output("y");
    RuntimeComparison.check(squeezeAndExcite);
    OnnxBuilder misfit =
        OnnxBuilder.rows(3, 4)
            .integers("axes", 1)
            .integers("first", 0)
            .integers("second", 2)
            .node("Slice", List.of("x", "first", "second", "axes"), "s")
            .node("Add", List.of("x", "s"), "y")
            .output("y");
    assertThat(RuntimeComparison.refusal(misfit)).hasMessageContaining("do not fit");
  }

  @Test
  void refusesDivisionByTensors() throws Exception {
    OnnxBuilder quotient = dense().node("Div", List.of("h", "h"), "y").output("y");
    assertThat(RuntimeComparison.refusal(quotient)).hasMessageContaining("divide by a constant");
  }

  @Test
  void refusesResultsThatDoNotDependOnTheInput() throws Exception {
    OnnxBuilder builder = dense().node("Sub", List.of("h", "h"), "y").output("y");
    assertThat(RuntimeComparison.refusal(builder)).hasMessageContaining("does not depend");
  }

  @Test
  void negates() throws Exception {
    assertThat(RuntimeComparison.check(dense().node("Neg", List.of("h"), "y").output("y")).nodes())
        .hasSize(2);
  }

  @Test
  void foldsArithmeticOnConstants() throws Exception {
    OnnxBuilder builder =
        OnnxBuilder.rows(4)
            .weights("w", 4, 3)
            .weights("row", 1, 3)
            .weights("column", 4, 1)
            .node("Mul", List.of("w", "row"), "a")
            .node("Div", List.of("a", "column"), "b")
            .node("MatMul", List.of("x", "b"), "y")
            .output("y");
    RuntimeComparison.check(builder);
  }

  @Test
  void refusesInfiniteWeights() throws Exception {
    OnnxBuilder builder =
        dense().scalar("zero", 0).node("Div", List.of("h", "zero"), "y").output("y");
    assertThat(RuntimeComparison.refusal(builder).reason()).isEqualTo(Reason.NON_FINITE_WEIGHT);
  }
}
