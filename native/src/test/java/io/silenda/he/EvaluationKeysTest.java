package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationKeysTest {
  private static final double SCALE = 0x1p32;
  private static HeFixture he;

  @BeforeAll
  static void open() {
    he = new HeFixture(HeFixture.DEGREE_8192);
  }

  @AfterAll
  static void close() {
    he.close();
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,0", "1,1", "2,1", "2,2", "3,3", "4,0", "4,3", "4,4"})
  void aKeyWorksAtAndBelowItsLevel(int keyLevel, int level) {
    double[] values = HeFixture.randomValues(new Random(level), he.slots());
    try (EvaluationKeys keys = he.keys(keyLevel, Map.of(5, keyLevel));
        Ciphertext fresh = he.encrypt(values, level, SCALE);
        Ciphertext rotated = he.evaluator.rotate(fresh, 5, keys)) {
      assertThat(rotated.level()).isEqualTo(level);
      double[] expected = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        expected[i] = values[(i + 5) % values.length];
      }
      assertThat(HeFixture.maxError(he.decrypt(rotated), expected))
          .isLessThan(he.keySwitchBound(level, SCALE));
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "3,3", "4,2", "4,4"})
  void aRelinearizationKeyWorksAtAndBelowItsLevel(int keyLevel, int level) {
    double[] values = HeFixture.randomValues(new Random(level), he.slots());
    double[] squares = new double[values.length];
    Arrays.setAll(squares, i -> values[i] * values[i]);
    try (EvaluationKeys keys = he.keys(keyLevel, Map.of());
        Ciphertext fresh = he.encrypt(values, level, SCALE);
        Ciphertext square = he.evaluator.square(fresh);
        Ciphertext relinearized = he.evaluator.relinearize(square, keys)) {
      assertThat(relinearized.size()).isEqualTo(2);
      assertThat(relinearized.scale()).isEqualTo(square.scale());
      assertThat(HeFixture.maxError(he.decrypt(relinearized), squares)).isLessThan(1e-4);
    }
  }

  @Test
  void aKeyIsRefusedAboveItsLevel() {
    try (EvaluationKeys keys = he.keys(1, Map.of(5, 2));
        Ciphertext high = he.encrypt(new double[] {1}, 3, SCALE);
        Ciphertext square = he.evaluator.square(high)) {
      assertThatThrownBy(() -> he.evaluator.rotate(high, 5, keys))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the rotation key for step 5 is limited to level 2, the ciphertext is at level 3");
      assertThatThrownBy(() -> he.evaluator.relinearize(square, keys))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("limited to level 1");
      assertThatThrownBy(() -> he.evaluator.squareRelinearizeRescale(high, keys))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aMissingKeyIsRefusedAndNeverComposed() {
    try (EvaluationKeys keys = he.keys(-1, Map.of(1, 4, 2, 4, -1, 4));
        Ciphertext ciphertext = he.encrypt(new double[] {1}, 4, SCALE);
        Ciphertext square = he.evaluator.square(ciphertext)) {
      assertThatThrownBy(() -> he.evaluator.rotate(ciphertext, 3, keys))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no rotation key for step 3; planned steps are [1, 2, 4095]");
      assertThatThrownBy(() -> he.evaluator.relinearize(square, keys))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no relinearization key was planned");
    }
  }

  @Test
  void negativeStepsAreTheSameAsTheirComplement() {
    double[] values = HeFixture.randomValues(new Random(9), he.slots());
    try (EvaluationKeys keys = he.keys(-1, Map.of(-3, 4));
        Ciphertext ciphertext = he.encrypt(values, 4, SCALE);
        Ciphertext left = he.evaluator.rotate(ciphertext, -3, keys);
        Ciphertext right = he.evaluator.rotate(ciphertext, 4093, keys)) {
      assertThat(keys.rotationSteps()).containsExactly(4093);
      assertThat(he.decrypt(left)).isEqualTo(he.decrypt(right));
      assertThat(he.decrypt(left)[3])
          .isCloseTo(values[0], Offset.offset(he.keySwitchBound(4, SCALE)));
    }
  }

  /** Data primes take 7, 5, 4, 5 and 3 bytes a residue, the special prime 6. */
  @Test
  void sizesCountOnlyWhatIsHeld() {
    try (EvaluationKeys keys = he.keys(2, Map.of(1, 4, 2, 0))) {
      assertThat(keys.nativeBytes())
          .isEqualTo(
              packedBytes(3, 7 + 5 + 4 + 6)
                  + packedBytes(5, 7 + 5 + 4 + 5 + 3 + 6)
                  + packedBytes(1, 7 + 6));
      assertThat(keys.seededSizeBytes())
          .isEqualTo(
              3 * (64 + 1024 * (49 + 34 + 25 + 48))
                  + 5 * (64 + 1024 * (49 + 34 + 25 + 34 + 24 + 48))
                  + 64
                  + 1024 * (49 + 48));
      assertThat(keys.plan().relinearizationLevel()).isEqualTo(2);
      assertThat(keys.plan().rotationLevels()).containsExactly(Map.entry(1, 4), Map.entry(2, 0));
    }
    try (EvaluationKeys none = he.keys(-1, Map.of())) {
      assertThat(none.nativeBytes()).isZero();
      assertThat(none.rotationSteps()).isEmpty();
    }
  }

  /** Two polynomials a digit, and the padding that kernels may read. */
  private static long packedBytes(int digits, int residueBytes) {
    return 2L * digits * residueBytes * 8192 + 64;
  }

  @Test
  void keysOfAnotherContextAreRefused() {
    try (HeFixture other = new HeFixture(HeFixture.DEGREE_8192);
        EvaluationKeys keys = other.keys(4, Map.of(1, 4));
        Ciphertext ciphertext = he.encrypt(new double[] {1}, 4, SCALE)) {
      assertThatThrownBy(() -> he.evaluator.rotate(ciphertext, 1, keys))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("keys belongs to context");
      assertThatThrownBy(() -> he.evaluator.squareRelinearizeRescale(ciphertext, keys))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("keys belongs to context");
    }
  }
}
