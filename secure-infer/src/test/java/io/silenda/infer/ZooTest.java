package io.silenda.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.silenda.infer.approx.AccuracyBudget;
import io.silenda.infer.approx.ApproximatePass;
import io.silenda.infer.approx.ApproximatedGraph;
import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.GraphInterpreter;
import io.silenda.infer.graph.OnnxImporter;
import io.silenda.infer.plain.PlainModel;
import io.silenda.infer.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every network of the zoo, in the clear. */
class ZooTest {
  @ParameterizedTest
  @EnumSource(Zoo.class)
  void importsAsOnnxRuntimeReadsIt(Zoo zoo) throws Exception {
    PrivateModel model = PrivateModel.fromOnnx(zoo.model());
    Tensor rows = model.conform(zoo.testRows().rows(0, 10));
    GraphInterpreter interpreter = new GraphInterpreter(model.graph());
    try (PlainModel plain = PlainModel.open(zoo.model(), model.graph())) {
      Tensor expected = plain.run(rows).coreTensor();
      for (int row = 0; row < rows.rows(); row++) {
        double[] actual = interpreter.evaluate(SampleRows.all(rows).get(row));
        float[] wanted = expected.row(row);
        assertThat(actual).hasSameSizeAs(wanted);
        for (int i = 0; i < actual.length; i++) {
          assertThat(actual[i])
              .isCloseTo(wanted[i], within(1e-3 * (1 + Math.abs((double) wanted[i]))));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Zoo.class)
  void decidesAsBeforeWithPolynomials(Zoo zoo) throws Exception {
    Graph graph = OnnxImporter.read(zoo.model());
    List<double[]> calibration = SampleRows.all(zoo.calibrationRows());
    ApproximatedGraph approximated =
        ApproximatePass.run(graph, calibration, AccuracyBudget.standard());
    List<double[]> rows = SampleRows.all(zoo.testRows());
    GraphInterpreter exact = new GraphInterpreter(graph);
    GraphInterpreter polynomial = new GraphInterpreter(approximated.graph());
    int equal = 0;
    for (double[] row : rows) {
      equal += decision(exact.evaluate(row)) == decision(polynomial.evaluate(row)) ? 1 : 0;
    }
    double least = approximated.activations().isEmpty() ? 1 : 0.97;
    assertThat((double) equal / rows.size()).isGreaterThanOrEqualTo(least);
  }

  private static int decision(double[] row) {
    if (row.length == 1) {
      return row[0] > 0 ? 1 : 0;
    }
    int best = 0;
    for (int i = 1; i < row.length; i++) {
      best = row[i] > row[best] ? i : best;
    }
    return best;
  }
}
