package io.silenda.infer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GraphInterpreterTest {
  @Test
  void givesEveryNodesOutput() throws Exception {
    Graph graph = OnnxImporter.read(TestModels.model("mlp_square"));
    GraphInterpreter interpreter = new GraphInterpreter(graph);
    double[] row = TestModels.row(TestModels.digits(), 0);
    Map<Integer, double[]> all = interpreter.evaluateAll(row);
    assertThat(all.keySet()).containsExactly(0, 1, 2, 3, 4, 5);
    for (Node node : graph.nodes()) {
      assertThat(all.get(node.id())).hasSize(node.shape().elementCount());
    }
    assertThat(all.get(0)).containsExactly(row);
    assertThat(all.get(graph.outputId())).containsExactly(interpreter.evaluate(row));
    double[] hidden = Objects.requireNonNull(all.get(1));
    double[] squared = Objects.requireNonNull(all.get(2));
    assertThat(squared[7]).isEqualTo(hidden[7] * hidden[7]);
  }

  @Test
  void refusesRowsOfAnotherSize() throws Exception {
    GraphInterpreter interpreter =
        new GraphInterpreter(OnnxImporter.read(TestModels.model("mlp_square")));
    assertThatThrownBy(() -> interpreter.evaluate(new double[783]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("783, must be 784");
  }

  @Test
  void joinsTensors() {
    double[] output = new GraphInterpreter(JoinedNetwork.build()).evaluate(new double[] {1, 2, 4});
    assertThat(output).containsExactly(6, 10, 24);
  }
}
