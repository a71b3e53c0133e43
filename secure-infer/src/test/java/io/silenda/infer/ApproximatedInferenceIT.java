package io.silenda.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.infer.graph.GraphInterpreter;
import io.silenda.infer.graph.SmallNetworks;
import io.silenda.infer.plain.PlainModel;
import io.silenda.infer.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks with approximated activations and client tails, encrypted, beside ONNX Runtime. */
class ApproximatedInferenceIT {
  private static final long SEED = 11;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"mlp_silu", "cnn_relu"})
  void digitNetworksAgreeOnRowsThatTheyWereNotCalibratedOn(String name) throws Exception {
    Tensor rows = TestModels.digits(0, 20);
    InferenceReport report =
        run(TestModels.file(name + ".onnx"), TestModels.digits(150, 300), rows);
    assertThat(report.argmaxAgreement()).isGreaterThanOrEqualTo(0.95);
    assertThat(report.activations()).hasSize(2).allMatch(each -> each.maxError() > each.rmsError());
    assertThat(report.parameters()).contains("128-bit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp_silu", "cnn_relu"})
  void theNoiseStaysBelowItsPrediction(String name) throws Exception {
    CompiledModel compiled =
        PrivateModel.fromOnnx(TestModels.file(name + ".onnx"))
            .calibrate(TestModels.digits(150, 300))
            .compile(CompileOptions.automatic().withBatch(1));
    Tensor rows = TestModels.digits(0, 4);
    GraphInterpreter clear = new GraphInterpreter(compiled.graph());
    try (EncryptedRun run = new EncryptedRun(compiled, Progress.NONE)) {
      run.evaluate(rows, 2);
      double error = 0;
      for (int row = 0; row < rows.rows(); row++) {
        double[] expected = clear.evaluate(wide(rows.row(row)));
        float[] actual = run.core().row(row);
        for (int i = 0; i < expected.length; i++) {
          error = Math.max(error, Math.abs(actual[i] - expected[i]));
        }
      }
      assertThat(error)
          .as("error of encryption alone, approximated network in the clear beside it")
          .isBetween(compiled.predictedMaxError() / 300, compiled.predictedMaxError());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Relu",
        "LeakyRelu",
        "PRelu",
        "Sigmoid",
        "Tanh",
        "Silu",
        "Gelu",
        "Elu",
        "Softplus",
        "Erf",
        "Clip",
        "HardSigmoid",
        "HardSwish"
      })
  void everyActivationRuns(String type) throws Exception {
    InferenceReport report = runSmall(SmallNetworks.withActivation(folder, type));
    assertThat(report.activations()).hasSize(1);
    assertThat(report.maxAbsErrorVsPlain()).isLessThan(0.75);
    assertThat(report.argmaxAgreement()).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void exactPolynomialsOfAnyDegreeRunWithoutCalibration() throws Exception {
    for (double[] coefficients :
        List.of(
            new double[] {0.5, -1, 0.25},
            new double[] {0, 0, 0.5},
            new double[] {0.1, 0.5, 0, -0.2},
            new double[] {0, 1, 0.5, 0.1, 0.05})) {
      Path model = SmallNetworks.withPolynomial(folder, coefficients);
      InferenceReport report = run(PrivateModel.fromOnnx(model), model, random(0, 8), 8);
      assertThat(report.activations()).isEmpty();
      assertThat(report.maxAbsErrorVsPlain())
          .as("degree %d, seed %d", coefficients.length - 1, SEED)
          .isPositive()
          .isLessThan(0.02);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Softmax", "LogSoftmax", "Sigmoid", "ArgMax"})
  void theClientAppliesTheTail(String type) throws Exception {
    Path path = SmallNetworks.withTail(folder, type);
    assertTail(path, 0.2);
  }

  @Test
  void theClientAppliesTheTailsOfClassicalModels() throws Exception {
    assertTail(SmallNetworks.logisticRegression(folder), 1e-3);
    assertTail(SmallNetworks.classifierWithZipMap(folder), 1e-3);
  }

  @Test
  void aHalfFilledBatchIsPaddedWithinTheRange() throws Exception {
    // A row of zeros is far outside the range that these rows show.
    Path path = SmallNetworks.withActivation(folder, "Relu");
    Tensor calibration = shifted(random(1, 40), 30);
    PrivateModel model = PrivateModel.fromOnnx(path).calibrate(calibration);
    try (PlainModel plain = PlainModel.open(path, model.graph())) {
      InferenceReport report =
          new InferenceRunner(model, plain)
              .runEncrypted(
                  shifted(random(2, 3), 30),
                  CompileOptions.automatic().withBatch(8),
                  1,
                  Progress.NONE);
      assertThat(report.maxAbsErrorVsPlain()).isLessThan(1);
    }
  }

  private void assertTail(Path path, double tolerance) throws Exception {
    PrivateModel model = PrivateModel.fromOnnx(path).calibrate(random(1, 100));
    Tensor rows = random(2, 8);
    try (PlainModel plain = PlainModel.open(path, model.graph())) {
      InferenceReport report =
          new InferenceRunner(model, plain)
              .runEncrypted(rows, CompileOptions.automatic().withBatch(8), 1, Progress.NONE);
      Tensor expected = plain.run(rows).firstFloatOutput();
      assertThat(report.output().shape()).containsExactly(expected.shape());
      assertThat(Agreement.maxAbsError(report.output(), expected)).isLessThan(tolerance);
    }
  }

  private InferenceReport runSmall(Path path) throws Exception {
    return run(PrivateModel.fromOnnx(path).calibrate(random(1, 200)), path, random(2, 16), 16);
  }

  private static InferenceReport run(Path path, Tensor calibration, Tensor rows) throws Exception {
    return run(PrivateModel.fromOnnx(path).calibrate(calibration), path, rows, 1);
  }

  private static InferenceReport run(PrivateModel model, Path path, Tensor rows, int batch)
      throws Exception {
    try (PlainModel plain = PlainModel.open(path, model.graph())) {
      return new InferenceRunner(model, plain)
          .runEncrypted(rows, CompileOptions.automatic().withBatch(batch), 2, Progress.NONE);
    }
  }

  private static Tensor random(int stream, int rows) {
    SplittableRandom random = new SplittableRandom(SEED + stream);
    float[] values = new float[rows * SmallNetworks.INPUTS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(new int[] {rows, SmallNetworks.INPUTS}, values);
  }

  private static Tensor shifted(Tensor tensor, float by) {
    float[] values = tensor.values();
    for (int i = 0; i < values.length; i++) {
      values[i] += by;
    }
    return Tensor.of(tensor.shape(), values);
  }

  private static double[] wide(float[] row) {
    double[] wide = new double[row.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = row[i];
    }
    return wide;
  }
}
