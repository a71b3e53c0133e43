package io.silenda.infer.approx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.PrivateInferenceException.Reason;
import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.GraphInterpreter;
import io.silenda.infer.graph.Matrix;
import io.silenda.infer.graph.Node;
import io.silenda.infer.graph.OnnxImporter;
import io.silenda.infer.graph.Operator.Activation;
import io.silenda.infer.graph.Operator.Dense;
import io.silenda.infer.graph.SmallNetworks;
import io.silenda.infer.graph.TestModels;
import io.silenda.infer.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApproximatePassTest {
  @TempDir private Path folder;

  private static final int CALIBRATION_ROWS = 60;

  @ParameterizedTest
  @ValueSource(strings = {"mlp_silu", "cnn_relu"})
  void heldOutRowsKeepTheirDecisions(String name) throws Exception {
    Graph graph = OnnxImporter.read(TestModels.model(name));
    List<double[]> rows = digits();
    ApproximatedGraph approximated =
        ApproximatePass.run(graph, rows.subList(0, CALIBRATION_ROWS), AccuracyBudget.standard());
    AnswerError heldOut = compare(graph, approximated.graph(), rows.subList(CALIBRATION_ROWS, 300));
    assertThat(heldOut.agreement()).isGreaterThanOrEqualTo(0.98);
    assertThat(approximated.answerError().agreement()).isGreaterThanOrEqualTo(0.98);
    assertThat(approximated.answerError().rows()).isEqualTo(CALIBRATION_ROWS);
    assertThat(approximated.graph().nodes())
        .noneMatch(node -> node.operator() instanceof Activation);
  }

  @Test
  void theReportStatesWhatWasDone() throws Exception {
    Graph graph = OnnxImporter.read(TestModels.model("mlp_silu"));
    ApproximatedGraph approximated =
        ApproximatePass.run(graph, digits().subList(0, 30), AccuracyBudget.standard());
    assertThat(approximated.activations()).hasSize(2);
    for (ActivationReport report : approximated.activations()) {
      assertThat(report.function()).isEqualTo("SILU");
      assertThat(report.margin()).isEqualTo(0.25);
      assertThat(report.low()).isLessThan(report.observedLow());
      assertThat(report.high()).isGreaterThan(report.observedHigh());
      assertThat(report.degree()).isBetween(2, 15);
      assertThat(report.rmsError()).isPositive().isLessThan(report.maxError());
    }
  }

  @Test
  void withoutCalibrationTheActivationsAreNamed() throws Exception {
    Graph graph = OnnxImporter.read(TestModels.model("cnn_relu"));
    assertThatThrownBy(() -> ApproximatePass.run(graph, List.of(), AccuracyBudget.standard()))
        .isInstanceOfSatisfying(
            PrivateInferenceException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.ACTIVATION_NOT_POLYNOMIAL))
        .hasMessageContaining("RELU (node ")
        .hasMessageContaining("--calibration");
  }

  @Test
  void aConstantActivationIsRefused() throws Exception {
    Graph graph = OnnxImporter.read(SmallNetworks.withActivation(folder, "Clip"));
    double[] far = new double[SmallNetworks.INPUTS];
    Arrays.fill(far, 1e4);
    double[] further = new double[SmallNetworks.INPUTS];
    Arrays.fill(further, 1.0001e4);
    double[][] weights = {far, further};
    Graph saturated = onePositiveOutput(graph);
    assertThatThrownBy(
            () -> ApproximatePass.run(saturated, List.of(weights), AccuracyBudget.standard()))
        .isInstanceOf(PrivateInferenceException.class)
        .hasMessageContaining("CLIP")
        .hasMessageContaining("one value");
  }

  /** The same graph with 1 as every weight of its first layer. */
  private static Graph onePositiveOutput(Graph graph) {
    List<Node> nodes = new ArrayList<>(graph.nodes());
    Node first = nodes.get(1);
    Dense dense = (Dense) first.operator();
    double[] ones = new double[dense.weights().rows() * dense.weights().columns()];
    Arrays.fill(ones, 1);
    Matrix matrix = Matrix.of(dense.weights().rows(), dense.weights().columns(), ones);
    nodes.set(
        1,
        new Node(
            first.id(),
            first.name(),
            new Dense(matrix, dense.bias()),
            first.inputs(),
            first.shape()));
    return graph.withNodes(nodes, graph.inputId(), graph.outputId());
  }

  @Test
  void exactPolynomialsStayAndNeedNoRows() throws Exception {
    Graph graph = OnnxImporter.read(TestModels.model("mlp_square"));
    ApproximatedGraph same = ApproximatePass.run(graph, List.of(), AccuracyBudget.standard());
    assertThat(same.graph()).isSameAs(graph);
    assertThat(same.activations()).isEmpty();
    assertThat(same.answerError()).isEqualTo(AnswerError.none());
  }

  @Test
  void anImpossibleBudgetIsRefusedWithTheBestThatWasReached() throws Exception {
    Graph graph = OnnxImporter.read(TestModels.model("cnn_relu"));
    AccuracyBudget tight = new AccuracyBudget(1, 1e-7, OptionalDouble.empty(), 0.25);
    assertThatThrownBy(() -> ApproximatePass.run(graph, digits().subList(0, 3), tight))
        .isInstanceOfSatisfying(
            PrivateInferenceException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.APPROXIMATION_TOO_COARSE))
        .hasMessageContaining("best agreement")
        .hasMessageNotContaining("\n");
  }

  private static AnswerError compare(Graph exact, Graph approximated, List<double[]> rows) {
    return AnswerError.between(
        rows.stream().map(new GraphInterpreter(approximated)::evaluate).toList(),
        rows.stream().map(new GraphInterpreter(exact)::evaluate).toList());
  }

  private static List<double[]> digits() throws Exception {
    Tensor digits = TestModels.digits();
    List<double[]> rows = new ArrayList<>();
    for (int row = 0; row < digits.rows(); row++) {
      rows.add(TestModels.row(digits, row));
    }
    return rows;
  }
}
