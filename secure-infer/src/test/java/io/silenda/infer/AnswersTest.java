package io.silenda.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.infer.PrivateInferenceException.Reason;
import io.silenda.infer.graph.ClientTail;
import io.silenda.infer.tensor.Tensor;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private static final int VALUES = 20_000;

  private final Tensor core = Tensor.of(new int[] {VALUES, 1}, new float[VALUES]);

  @Test
  void theOwnerSeesValuesAsTheyAre() {
    Answers answers = new Answers(core, new ClientTail.Sigmoid(), 1e-3);
    assertThat(answers.core().values()).containsOnly(0f);
    assertThat(answers.output().values()).containsOnly(0.5f);
  }

  @Test
  void sharingIsRefusedWhereFloodingLeavesNothing() {
    // Noise of 2.5e-4 needs flooding of 2.5e-4 · sqrt(12) · 2^15 = 28.
    Answers answers = new Answers(core, new ClientTail.None(), 2.5e-4);
    assertThatThrownBy(() -> answers.shareWith(new Sharing(30, 1, 1.0)))
        .isInstanceOfSatisfying(
            PrivateInferenceException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.SHARING_NEEDS_FLOODING))
        .hasMessageContaining("1.1e+02")
        .hasMessageContaining("--max-error");
  }

  /** False alarms: a deviation of 20,000 values leaves ±5 % about once in 10^23 runs. */
  @Test
  void sharedValuesAreFlooded() throws Exception {
    Answers answers = new Answers(core, new ClientTail.None(), 2.5e-10);
    float[] shared = answers.shareWith(new Sharing(30, 1024, 0.01)).values();
    double squares = 0;
    for (float value : shared) {
      squares += (double) value * value;
    }
    double expected = 1e-9 / 4 * Math.sqrt(12 * 1024) * Math.pow(2, 15);
    assertThat(Math.sqrt(squares / VALUES)).isBetween(0.95 * expected, 1.05 * expected);
    assertThat(answers.shareWith(new Sharing(30, 1024, 0.01)).values()).isNotEqualTo(shared);
  }

  @Test
  void weakSharingDoesNotExist() {
    assertThatThrownBy(() -> new Sharing(29, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("30..128");
    assertThatThrownBy(() -> new Sharing(30, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Sharing(30, 1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
