package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nested giant steps, grouped folds, several transforms at once. */
@ParameterizedClass
@MethodSource("io.silenda.he.HeFixture#implementations")
class TransformOptionsTest {
  private static final int LEVEL = 4;
  private static final double INPUT_SCALE = 0x1p36;
  private static final double PLAINTEXT_SCALE = 0x1p24;

  @SuppressWarnings("NullAway") // set before each run of the class
  private static HeFixture he;

  @Parameter String implementation = "";

  @BeforeParameterizedClassInvocation
  static void open(String implementation) {
    he = new HeFixture(HeFixture.DEGREE_8192, implementation);
  }

  @AfterParameterizedClassInvocation
  static void close() {
    he.close();
  }

  private static LinearTransform.Builder builder() {
    return LinearTransform.builder(he.context, LEVEL, INPUT_SCALE, PLAINTEXT_SCALE);
  }

  private static RandomTransform randomTransform(long seed) {
    return new RandomTransform(he, LEVEL, INPUT_SCALE, PLAINTEXT_SCALE, seed);
  }

  /** One transform with a key for every giant step, and the same with one key for all. */
  @Test
  void nestedGiantStepsGiveTheSameWithOneKey() {
    Random random = new Random(5);
    double[] x = HeFixture.randomValues(random, he.slots());
    LinearTransform.Builder each = builder().rescale(true);
    LinearTransform.Builder nested = builder().rescale(true).nestGiantSteps(8);
    double[] expected = new double[he.slots()];
    for (int giant : new int[] {8, 0, 24, 32}) {
      for (int baby : new int[] {0, 3, 5}) {
        double[] values = HeFixture.randomValues(random, he.slots());
        each.diagonal(giant, baby, values);
        nested.diagonal(giant, baby, values);
        for (int s = 0; s < x.length; s++) {
          expected[s] += values[s] * x[(s + giant + baby) % x.length];
        }
      }
    }
    try (LinearTransform withKeys = each.build();
        LinearTransform withOne = nested.build();
        EvaluationKeys keys = he.keysFor(withKeys);
        EvaluationKeys few = he.keysFor(withOne);
        Ciphertext input = he.encrypt(x, LEVEL, INPUT_SCALE);
        Ciphertext result = he.evaluator.apply(withKeys, input, keys);
        Ciphertext fromFew = he.evaluator.apply(withOne, input, few)) {
      assertThat(withOne.rotationSteps()).containsExactly(3, 5, 8);
      double bound = 5 * 12 * he.keySwitchBound(LEVEL, INPUT_SCALE);
      assertThat(HeFixture.maxError(he.decrypt(result), expected)).isLessThan(bound);
      assertThat(HeFixture.maxError(he.decrypt(fromFew), expected)).isLessThan(bound);
    }
  }

  /** Also without a group that is not rotated, and with a single one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void nestedGiantStepsMayStartAnywhere(int first) {
    double[] x = HeFixture.randomValues(new Random(first), he.slots());
    LinearTransform.Builder nested = builder().nestGiantSteps(4);
    double[] expected = new double[he.slots()];
    for (int giant = 4 * first; giant <= 12; giant += 8) {
      double[] values = HeFixture.randomValues(new Random(giant), he.slots());
      nested.diagonal(giant, 1, values);
      for (int s = 0; s < x.length; s++) {
        expected[s] += values[s] * x[(s + giant + 1) % x.length];
      }
    }
    try (LinearTransform transform = nested.build();
        EvaluationKeys keys = he.keysFor(transform);
        Ciphertext input = he.encrypt(x, LEVEL, INPUT_SCALE);
        Ciphertext result = he.evaluator.apply(transform, input, keys)) {
      assertThat(transform.rotationSteps()).containsExactly(1, 4);
      assertThat(HeFixture.maxError(he.decrypt(result), expected))
          .isLessThan(10 * he.keySwitchBound(LEVEL, INPUT_SCALE));
    }
  }

  @Test
  void refusesGiantStepsThatCannotBeNested() {
    assertThatThrownBy(() -> builder().nestGiantSteps(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("giantStep 0");
    assertThatThrownBy(() -> builder().nestGiantSteps(8).diagonal(12, 0, new double[] {1}).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("giant step 12 is no multiple of 8");
  }

  /** Folding by 16 and by 32, in two folds and in one. */
  @Test
  void stepsOfOneFoldAreSummed() {
    double[] x = HeFixture.randomValues(new Random(9), he.slots());
    double[] ones = new double[he.slots()];
    Arrays.fill(ones, 1);
    double[] expected = new double[he.slots()];
    Arrays.setAll(
        expected,
        s -> {
          double sum = 0;
          for (int step = 0; step < 64; step += 16) {
            sum += x[(s + step) % x.length];
          }
          return sum;
        });
    try (LinearTransform two =
            builder().diagonal(0, 0, ones).rescale(true).fold(16).fold(32).build();
        LinearTransform one =
            builder().diagonal(0, 0, ones).rescale(true).fold(16, 32, 48).build();
        EvaluationKeys keys = he.keysFor(one);
        Ciphertext input = he.encrypt(x, LEVEL, INPUT_SCALE);
        Ciphertext fromTwo = he.evaluator.apply(two, input, keys);
        Ciphertext fromOne = he.evaluator.apply(one, input, keys)) {
      assertThat(one.rotationLevels())
          .containsExactly(Map.entry(16, 3), Map.entry(32, 3), Map.entry(48, 3));
      double bound = 8 * he.keySwitchBound(LEVEL, INPUT_SCALE);
      assertThat(HeFixture.maxError(he.decrypt(fromTwo), expected)).isLessThan(bound);
      assertThat(HeFixture.maxError(he.decrypt(fromOne), expected)).isLessThan(bound);
    }
    assertThatThrownBy(() -> builder().fold())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one step");
  }

  /** Several right-hand sides: each result is the same as alone, bit for bit. */
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void severalTransformsOfOneCiphertext(long seed) {
    double[] x = HeFixture.randomValues(new Random(seed), he.slots());
    try (LinearTransform first = randomTransform(seed).builder.build();
        LinearTransform second = randomTransform(seed + 100).builder.build();
        LinearTransform still = builder().diagonal(0, 0, new double[] {2, 3}).build();
        EvaluationKeys keys = he.keysFor(first, second);
        Ciphertext input = he.encrypt(x, LEVEL, INPUT_SCALE)) {
      List<LinearTransform> transforms = List.of(first, still, second);
      List<Ciphertext> results = he.evaluator.applyAll(transforms, input, keys);
      for (int i = 0; i < transforms.size(); i++) {
        try (Ciphertext result = results.get(i);
            Ciphertext alone = he.evaluator.apply(transforms.get(i), input, keys)) {
          assertThat(he.decrypt(result)).as("seed %d, %d", seed, i).isEqualTo(he.decrypt(alone));
        }
      }
      assertThatThrownBy(() -> he.evaluator.applyAll(List.of(), input, keys))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("transforms is empty");
    }
  }
}
