package io.silenda.bench.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.silenda.infer.Mode;
import io.silenda.infer.tensor.Tensor;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OutsourcedBackendTest {
  private static final Path DEMO = Path.of("../demo");
  private static final Subject DIGITS =
      new Subject(
          "cnn_relu",
          DEMO.resolve("cnn_relu.onnx").toString(),
          DEMO.resolve("mnist_test_x_u8.npy").toString(),
          "",
          255,
          0);

  @Test
  void answersAsOnnxRuntimeDoesAndShowsWhereTheTimeWent() throws Exception {
    Tensor rows = DIGITS.readRows().rows(0, 2);
    try (Session plain = Backends.named(Backends.BASELINE).open(DIGITS);
        Session outsourced = new OutsourcedBackend().open(DIGITS)) {
      float[] expected = plain.answer(rows).core().values();
      Exchange exchange = outsourced.answer(rows);
      float[] actual = exchange.core().values();
      assertThat(actual).hasSameSizeAs(expected);
      for (int i = 0; i < actual.length; i++) {
        assertThat(actual[i]).as("logit %d", i).isCloseTo(expected[i], within(0.2f));
      }
      assertThat(exchange.phaseNanos())
          .hasSize(3)
          .allSatisfy((name, nanos) -> assertThat(nanos).isPositive());
      assertThat(exchange.requestBytes()).isPositive();
      assertThat(exchange.responseBytes()).isPositive();
      assertThat(outsourced.setup().guarantee().mode()).isEqualTo(Mode.ENCLAVE);
    }
  }

  @Test
  void saysThatItIsSimulated() {
    assertThat(new OutsourcedBackend().name()).contains("SIMULATED");
    assertThat(Backends.all()).extracting(Backend::name).contains(new OutsourcedBackend().name());
  }
}
