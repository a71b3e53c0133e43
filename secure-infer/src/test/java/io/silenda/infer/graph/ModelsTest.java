package io.silenda.infer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.silenda.infer.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The interpreter on imported models against what ONNX Runtime gave. */
class ModelsTest {
  private static final double TOLERANCE = 1e-3;

  static final List<String> DIGITS = TestModels.DIGITS;

  @ParameterizedTest
  @FieldSource("DIGITS")
  void agreesWithStoredLogits(String name) throws Exception {
    Graph graph = OnnxImporter.read(TestModels.model(name));
    GraphInterpreter interpreter = new GraphInterpreter(graph);
    Tensor digits = TestModels.digits();
    Tensor logits = TestModels.array(name + "_logits");
    for (int row = 0; row < 40; row++) {
      double[] actual = interpreter.evaluate(TestModels.row(digits, row));
      assertThat(actual)
          .as("row %d", row)
          .containsExactly(TestModels.row(logits, row), within(TOLERANCE));
    }
  }

  @Test
  void agreesWithStoredLogitsOfRegressions() throws Exception {
    Tensor rows = TestModels.array("breast_cancer_test_x");
    Tensor logits = TestModels.array("logreg_breast_cancer_logits");
    GraphInterpreter plain =
        new GraphInterpreter(OnnxImporter.read(TestModels.model("logreg_breast_cancer")));
    GraphInterpreter sklearn =
        new GraphInterpreter(OnnxImporter.read(TestModels.model("logreg_breast_cancer_sklearn")));
    for (int row = 0; row < rows.rows(); row++) {
      double[] input = TestModels.row(rows, row);
      double logit = logits.row(row)[0];
      assertThat(plain.evaluate(input)).containsExactly(new double[] {logit}, within(TOLERANCE));
      double[] scores = sklearn.evaluate(input);
      assertThat(scores).hasSize(2);
      // The two rows of coefficients are opposite: one is the other class's score.
      assertThat(scores[0]).isCloseTo(-scores[1], within(TOLERANCE));
      assertThat(Math.abs(scores[1])).isCloseTo(Math.abs(logit), within(TOLERANCE));
    }
  }
}
