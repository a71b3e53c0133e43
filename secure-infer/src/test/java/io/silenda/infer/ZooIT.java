package io.silenda.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.infer.plain.PlainModel;
import io.silenda.infer.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks of the zoo on encrypted rows, and a dry run of them on all rows. */
class ZooIT {
  private static final int ENCRYPTED_ROWS = 3;
  private static final double LARGEST_RATIO = 20;

  @ParameterizedTest
  @EnumSource(
      value = Zoo.class,
      names = {
        "FASHION_CNN",
        "MLP_SIGMOID",
        "MLP_GELU_FAR",
        "GROUPED_DILATED",
        "SIGNAL_CONV1D",
        "DENSE_IN_A_ROW",
        "SK_SCALED_LOGISTIC",
        "SK_LINEAR"
      })
  void answersAsOnnxRuntimeWithinTheStatedBound(Zoo zoo) throws Exception {
    PrivateModel model = PrivateModel.fromOnnx(zoo.model()).calibrate(zoo.calibrationRows());
    CompileOptions options = CompileOptions.automatic();
    CompiledModel compiled = model.compile(options);
    double bound = compiled.errorBound().total();
    double leastAgreement = compiled.activations().isEmpty() ? 0.99 : 0.97;
    Tensor rows = zoo.testRows();
    try (PlainModel plain = PlainModel.open(zoo.model(), model.graph())) {
      InferenceRunner runner = new InferenceRunner(model, plain);
      InferenceReport simulated = runner.runSimulated(rows, options, Progress.NONE);
      assertThat(simulated.argmaxAgreement()).isGreaterThanOrEqualTo(leastAgreement);
      assertThat(simulated.maxAbsErrorVsPlain()).isBetween(bound / LARGEST_RATIO, bound);
      InferenceReport encrypted =
          runner.runEncrypted(rows.rows(0, ENCRYPTED_ROWS), options, 2, Progress.NONE);
      assertThat(encrypted.argmaxAgreement()).isEqualTo(1);
      assertThat(encrypted.maxAbsErrorVsPlain()).isLessThanOrEqualTo(bound);
    }
  }
}
