package io.silenda.infer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class GraphTest {
  @Test
  void checksIds() throws Exception {
    Graph graph = OnnxImporter.read(TestModels.model("mlp_square"));
    List<Node> tail = graph.nodes().subList(1, 3);
    assertThatThrownBy(() -> graph.withNodes(tail, 0, 1)).hasMessageContaining("has id 1");
    assertThatThrownBy(() -> graph.withNodes(graph.nodes(), 0, 6))
        .hasMessageContaining("outputId is 6, must be in [0, 6)");
    assertThatThrownBy(() -> new Node(1, "n", new Operator.Input(), List.of(1), TensorShape.of(1)))
        .hasMessageContaining("must be in [0, 1)");
    assertThat(graph.withNodes(graph.nodes(), 0, 5)).isEqualTo(graph);
  }

  @Test
  void copiesWeights() throws Exception {
    Graph graph = OnnxImporter.read(TestModels.model("cryptonets_square"));
    Operator.Convolution convolution = (Operator.Convolution) graph.node(1).operator();
    double first = convolution.weight(0);
    convolution.weights()[0] = first + 1;
    convolution.bias()[0] = 99;
    assertThat(convolution.weight(0, 0, 0, 0)).isEqualTo(first);
    assertThat(convolution.bias(0)).isNotEqualTo(99);
    assertThat(convolution.weight(1, 0, 0, 1)).isEqualTo(convolution.weight(26));
  }

  @Test
  void checksHowManyTensorsAnOperatorTakes() {
    TensorShape row = TensorShape.of(1);
    List<Integer> one = List.of(0);
    List<Integer> three = List.of(0, 0, 0);
    assertThatThrownBy(() -> new Node(1, "n", new Operator.Add(), one, row))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reads [0]");
    assertThatThrownBy(() -> new Node(1, "n", new Operator.Multiply(), three, row))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Node(1, "n", new Operator.Input(), one, row))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new Node(1, "n", new Operator.Add(), three, row).inputs()).hasSize(3);
  }
}
