package io.silenda.infer.approx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.GraphGradient;
import io.silenda.infer.graph.GraphInterpreter;
import io.silenda.infer.graph.OnnxImporter;
import io.silenda.infer.graph.TestModels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorstCaseSearchTest {
  private static List<double[]> digits(int from, int to) throws Exception {
    List<double[]> rows = new ArrayList<>();
    for (int row = from; row < to; row++) {
      rows.add(TestModels.row(TestModels.digits(), row));
    }
    return rows;
  }

  @Test
  void findsMoreThanRowsShow() throws Exception {
    Graph graph = OnnxImporter.read(TestModels.model("mlp_silu"));
    ApproximatedGraph approximated =
        ApproximatePass.run(graph, digits(0, 100), AccuracyBudget.standard());
    double found = WorstCaseSearch.largestError(graph, approximated.graph(), digits(0, 100));
    double onOtherRows =
        AnswerError.between(
                digits(100, 200).stream()
                    .map(new GraphInterpreter(approximated.graph())::evaluate)
                    .toList(),
                digits(100, 200).stream().map(new GraphInterpreter(graph)::evaluate).toList())
            .maxAbsError();
    assertThat(found).isGreaterThan(approximated.answerError().maxAbsError());
    assertThat(found).isGreaterThan(onOtherRows);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp_silu", "cnn_relu", "cryptonets_square"})
  void followsDerivatives(String name) throws Exception {
    Graph graph = OnnxImporter.read(TestModels.model(name));
    GraphInterpreter interpreter = new GraphInterpreter(graph);
    double[] row = digits(3, 4).get(0);
    double[] weights = new double[10];
    weights[4] = 1;
    double[] gradient = new GraphGradient(graph).of(interpreter.evaluateAll(row), weights);
    for (int pixel : new int[] {300, 350, 406}) {
      double[] moved = row.clone();
      moved[pixel] += 1e-5;
      double slope = (interpreter.evaluate(moved)[4] - interpreter.evaluate(row)[4]) / 1e-5;
      assertThat(gradient[pixel]).isCloseTo(slope, within(1e-3 * (1 + Math.abs(slope))));
    }
  }
}
