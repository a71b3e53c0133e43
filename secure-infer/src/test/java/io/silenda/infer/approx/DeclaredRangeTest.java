package io.silenda.infer.approx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.PrivateInferenceException.Reason;
import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.OnnxImporter;
import io.silenda.infer.graph.SmallNetworks;
import io.silenda.infer.graph.TestModels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Activations approximated on what a declared range of the inputs allows. */
class DeclaredRangeTest {
  private static final InputRange RANGE = new InputRange(-1, 1);
  private static final long SEED = 31;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"Relu", "Tanh", "Sigmoid"})
  void noRowOfTheBoxLeavesAnInterval(String type) throws Exception {
    Graph graph = OnnxImporter.read(SmallNetworks.withTwoActivations(folder, type));
    ApproximatedGraph approximated =
        ApproximatePass.run(
            graph, KnownInputs.declared(RANGE, SmallNetworks.INPUTS), AccuracyBudget.standard());
    assertThat(approximated.ranges()).isEqualTo(RangeSource.PROPAGATED_BOUNDS);
    assertThat(approximated.activations())
        .hasSize(2)
        .allMatch(each -> each.source() == RangeSource.PROPAGATED_BOUNDS && each.margin() == 0)
        .allMatch(each -> each.low() < each.observedLow() && each.high() > each.observedHigh());
    assertThat(RangeCheck.rowsOutside(approximated.graph(), corners(3000)))
        .as("rows outside, seed %d", SEED)
        .isZero();
    assertThat(RangeCheck.rowsOutside(approximated.graph(), scaled(corners(50), 4))).isPositive();
  }

  @Test
  void aRangeThatIsTooWideIsRefusedByName() throws Exception {
    Graph graph = OnnxImporter.read(TestModels.model("mlp_silu"));
    KnownInputs inputs = KnownInputs.declared(new InputRange(0, 1), 784);
    assertThatThrownBy(() -> ApproximatePass.run(graph, inputs, AccuracyBudget.standard()))
        .isInstanceOfSatisfying(
            PrivateInferenceException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.APPROXIMATION_TOO_COARSE))
        .hasMessageContaining("SILU (node ")
        .hasMessageContaining("0.0..1.0")
        .hasMessageContaining("--calibration")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aRangeBeyondAllPolynomialsIsRefusedBeforeTheyAreTried() throws Exception {
    Graph graph = OnnxImporter.read(SmallNetworks.withTwoActivations(folder, "Exp"));
    KnownInputs inputs = KnownInputs.declared(new InputRange(-500, 500), SmallNetworks.INPUTS);
    assertThatThrownBy(() -> ApproximatePass.run(graph, inputs, AccuracyBudget.standard()))
        .isInstanceOf(PrivateInferenceException.class)
        .hasMessageContaining("EXP (node ")
        .hasMessageContaining("too wide");
  }

  @Test
  void calibratedRangesEndWhereInputsCannotReach() throws Exception {
    Graph graph = OnnxImporter.read(SmallNetworks.withActivation(folder, "Relu"));
    List<double[]> rows = corners(100);
    InputRange wide = new InputRange(-100, 100);
    ActivationReport alone = report(graph, KnownInputs.calibrated(rows));
    ActivationReport unbounded = report(graph, KnownInputs.calibrated(rows, wide));
    assertThat(unbounded.low()).isEqualTo(alone.low());
    assertThat(unbounded.source()).isEqualTo(RangeSource.CALIBRATION_WITHIN_BOUNDS);
    ActivationReport bounded = report(graph, KnownInputs.calibrated(rows, RANGE));
    assertThat(alone.margin()).isEqualTo(0.25).isEqualTo(bounded.margin());
    assertThat(bounded.low()).isGreaterThan(alone.low()).isLessThan(bounded.observedLow());
    assertThat(bounded.high()).isLessThan(alone.high()).isGreaterThan(bounded.observedHigh());
    assertThat(bounded.observedLow()).isCloseTo(alone.observedLow(), within(0.0));
  }

  private static ActivationReport report(Graph graph, KnownInputs inputs) throws Exception {
    return ApproximatePass.run(graph, inputs, AccuracyBudget.standard()).activations().get(0);
  }

  private static List<double[]> corners(int count) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] row = new double[SmallNetworks.INPUTS];
      Arrays.setAll(row, unused -> random.nextBoolean() ? RANGE.low() : RANGE.high());
      rows.add(row);
    }
    return rows;
  }

  private static List<double[]> scaled(List<double[]> rows, double factor) {
    return rows.stream()
        .map(row -> Arrays.stream(row).map(value -> factor * value).toArray())
        .toList();
  }
}
