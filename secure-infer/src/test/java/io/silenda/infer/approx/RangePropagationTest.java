package io.silenda.infer.approx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.GraphInterpreter;
import io.silenda.infer.graph.Matrix;
import io.silenda.infer.graph.Node;
import io.silenda.infer.graph.OnnxImporter;
import io.silenda.infer.graph.Operator.Dense;
import io.silenda.infer.graph.SmallNetworks;
import io.silenda.infer.graph.TestModels;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangePropagationTest {
  private static final InputRange RANGE = new InputRange(-0.5, 1.5);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"cnn_relu", "mlp_silu", "mlp_square", "tenseal_cnn_square", "cryptonets_square"})
  void noRowOfTheBoxLeavesTheBoundsAnywhere(String name) throws Exception {
    requireInside(OnnxImporter.read(TestModels.model(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"residual_cubic", "grouped_dilated", "channels_last", "signal_conv1d"})
  void theSameOfConvolutionsSumsAndProducts(String name) throws Exception {
    Path model =
        TestModels.all().stream()
            .filter(path -> path.endsWith(name + ".onnx"))
            .findFirst()
            .orElseThrow();
    requireInside(OnnxImporter.read(model));
  }

  private static void requireInside(Graph graph) {
    RangePropagation bounds = new RangePropagation(graph, RANGE, Map.of());
    int size = graph.node(graph.inputId()).shape().elementCount();
    GraphInterpreter interpreter = new GraphInterpreter(graph);
    for (double[] row : KnownInputs.declared(RANGE, size).rows().subList(0, 30)) {
      interpreter
          .evaluateAll(row)
          .forEach((node, values) -> requireInside(bounds.of(node), values, graph.node(node)));
    }
  }

  private static void requireInside(TensorBounds bounds, double[] values, Node node) {
    for (int i = 0; i < values.length; i++) {
      double rounding = 1e-9 * (1 + Math.abs(values[i]));
      assertThat(values[i])
          .as("element %d of %s", i, node.name())
          .isBetween(bounds.low()[i] - rounding, bounds.high()[i] + rounding);
    }
  }

  @Test
  void aLinearLayersBoundsAreReachedAtTheCornersOfTheBox() throws Exception {
    Graph graph = OnnxImporter.read(SmallNetworks.withActivation(folder, "Relu"));
    RangePropagation bounds = new RangePropagation(graph, RANGE, Map.of());
    Matrix weights = ((Dense) graph.node(1).operator()).weights();
    for (int output = 0; output < weights.rows(); output++) {
      double[] highest = new double[weights.columns()];
      for (int i = 0; i < highest.length; i++) {
        highest[i] = weights.get(output, i) > 0 ? RANGE.high() : RANGE.low();
      }
      double[] values =
          Objects.requireNonNull(new GraphInterpreter(graph).evaluateAll(highest).get(1));
      assertThat(bounds.of(1).high()[output]).isCloseTo(values[output], within(1e-12));
    }
  }

  @Test
  void errorsOfPolynomialsWidenWhatFollows() throws Exception {
    Graph graph = OnnxImporter.read(SmallNetworks.withActivation(folder, "Relu"));
    Node activation = graph.node(2);
    TensorBounds exact = new RangePropagation(graph, RANGE, Map.of()).of(2);
    TensorBounds widened = new RangePropagation(graph, RANGE, Map.of(activation.id(), 0.25)).of(2);
    assertThat(widened.low()[0]).isCloseTo(exact.low()[0] - 0.25, within(1e-12));
    assertThat(widened.high()[0]).isCloseTo(exact.high()[0] + 0.25, within(1e-12));
  }
}
