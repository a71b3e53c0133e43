package io.silenda.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.infer.graph.TestModels;
import io.silenda.infer.plain.PlainModel;
import io.silenda.infer.tensor.Tensor;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dry run makes errors of the size that encryption makes. */
class SimulationIT {
  private static final int ROWS = 40;

  @ParameterizedTest
  @ValueSource(strings = {"mlp_square", "cryptonets_square", "mlp_silu"})
  void errsAsEncryptionDoes(String name) throws Exception {
    Path file = TestModels.model(name);
    Tensor digits = TestModels.digits();
    PrivateModel model = PrivateModel.fromOnnx(file).calibrate(digits.rows(0, 150));
    Tensor rows = digits.rows(300 - ROWS, 300);
    try (PlainModel plain = PlainModel.open(file, model.graph())) {
      InferenceRunner runner = new InferenceRunner(model, plain);
      CompileOptions options = CompileOptions.automatic();
      InferenceReport simulated = runner.runSimulated(rows, options, Progress.NONE);
      InferenceReport encrypted = runner.runEncrypted(rows, options, 1, Progress.NONE);
      // The largest of 400 errors alone varies by a half from key to key.
      assertThat(simulated.maxAbsErrorVsPlain())
          .isBetween(encrypted.maxAbsErrorVsPlain() / 3, encrypted.maxAbsErrorVsPlain() * 3);
      assertThat(simulated.argmaxAgreement()).isEqualTo(encrypted.argmaxAgreement());
      assertThat(simulated.requestBytes()).isEqualTo(encrypted.requestBytes());
      assertThat(simulated.responseBytes()).isEqualTo(encrypted.responseBytes());
      assertThat(simulated.evaluationKeyBytes()).isEqualTo(encrypted.evaluationKeyBytes());
      assertThat(simulated.serverComputeMillis()).hasSameSizeAs(encrypted.serverComputeMillis());
    }
  }
}
