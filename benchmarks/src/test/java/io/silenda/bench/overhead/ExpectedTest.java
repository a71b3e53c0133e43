package io.silenda.bench.overhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectedTest {
  private static final List<float[]> LOGITS = List.of(new float[] {2}, new float[] {-1});
  private static final List<float[]> PROBABILITIES =
      List.of(new float[] {0.88f}, new float[] {0.27f});

  @Test
  void probabilitiesAreDecidedAtAHalf() {
    Expected expected = new Expected(LOGITS, PROBABILITIES);
    assertThat(expected.of(true)).isSameAs(expected.outputs());
    assertThat(expected.threshold(true)).isEqualTo(0.5);
    assertThat(expected.threshold(false)).isZero();
  }

  @Test
  void outputsWithoutAnActivationAreLogits() {
    assertThat(new Expected(LOGITS, LOGITS).threshold(true)).isZero();
  }
}
