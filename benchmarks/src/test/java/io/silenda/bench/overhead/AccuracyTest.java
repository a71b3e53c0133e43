package io.silenda.bench.overhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccuracyTest {
  private static final List<float[]> EXPECTED = List.of(new float[] {1, 2}, new float[] {3, 1});

  @Test
  void comparesWithPlainAndLabels() {
    Accuracy accuracy =
        Accuracy.of(
            List.of(
                new Accuracy.Answered(0, new float[] {1.5f, 1}),
                new Accuracy.Answered(3, new float[] {3, 1.25f})),
            EXPECTED,
            new int[] {1, 0},
            0);
    assertThat(accuracy.rows()).isEqualTo(2);
    assertThat(accuracy.agreement()).isEqualTo(0.5);
    assertThat(accuracy.labels()).isEqualTo(0.5);
    assertThat(accuracy.plainLabels()).isEqualTo(1);
    assertThat(accuracy.maxAbsError()).isCloseTo(1, within(1e-9));
  }

  @Test
  void saysSoWithoutLabels() {
    Accuracy accuracy =
        Accuracy.of(List.of(new Accuracy.Answered(0, new float[] {1, 2})), EXPECTED, new int[0], 0);
    assertThat(accuracy.labels()).isNegative();
    assertThat(accuracy.agreement()).isEqualTo(1);
  }

  @Test
  void oneColumnIsDecidedByItsSign() {
    assertThat(Accuracy.decision(new float[] {-0.1f}, 0)).isZero();
    assertThat(Accuracy.decision(new float[] {0.1f}, 0)).isEqualTo(1);
    assertThat(Accuracy.decision(new float[] {0.4f}, 0.5)).isZero();
  }
}
