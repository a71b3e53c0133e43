package io.silenda.infer.approx;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.infer.graph.ActivationKind;
import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.GraphInterpreter;
import io.silenda.infer.graph.Node;
import io.silenda.infer.graph.OnnxImporter;
import io.silenda.infer.graph.Operator.Activation;
import io.silenda.infer.graph.SmallNetworks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparedAnswersTest {
  @TempDir private Path folder;

  @Test
  void variantsInAnyOrderAnswerAsWhenComputedAlone() throws Exception {
    Graph graph = OnnxImporter.read(SmallNetworks.withTwoActivations(folder, "Tanh"));
    List<double[]> rows =
        KnownInputs.declared(new InputRange(-1, 1), SmallNetworks.INPUTS).rows().subList(0, 20);
    List<Graph> variants =
        List.of(
            graph,
            with(graph, 1, ActivationKind.SIGMOID),
            with(graph, 0, ActivationKind.SIGMOID),
            graph,
            with(graph, 1, ActivationKind.RELU),
            with(with(graph, 0, ActivationKind.ABS), 1, ActivationKind.RELU),
            graph);
    ComparedAnswers answers = new ComparedAnswers(rows);
    for (Graph variant : variants) {
      GraphInterpreter alone = new GraphInterpreter(variant);
      List<double[]> expected = rows.stream().map(alone::evaluate).toList();
      List<double[]> actual = answers.of(variant);
      for (int row = 0; row < rows.size(); row++) {
        assertThat(actual.get(row)).containsExactly(expected.get(row));
      }
    }
  }

  private static Graph with(Graph graph, int which, ActivationKind kind) {
    List<Node> activations =
        graph.nodes().stream().filter(node -> node.operator() instanceof Activation).toList();
    Node old = activations.get(which);
    List<Node> nodes = new ArrayList<>(graph.nodes());
    nodes.set(
        old.id(), new Node(old.id(), old.name(), new Activation(kind), old.inputs(), old.shape()));
    return graph.withNodes(nodes, graph.inputId(), graph.outputId());
  }
}
