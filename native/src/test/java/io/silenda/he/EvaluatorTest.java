package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.silenda.he.HeFixture#implementations")
class EvaluatorTest {
  private static final double SCALE = 0x1p30;
  private static final int SEEDS = 3;

  /**
   * Key-switching noise is the largest term: measured about 1e-5 at N=16384, ten times that
   * allowed.
   */
  private static final double TOLERANCE = 2e-4;

  @Parameter String implementation = "";

  static Stream<Arguments> parameters() {
    return Stream.of(
        Arguments.of(HeFixture.DEGREE_4096, 0x1p34),
        Arguments.of(HeFixture.DEGREE_8192, 0x1p36),
        Arguments.of(HeFixture.DEGREE_16384, 0x1p40));
  }

  private static double[] clear(int slots, IntToDoubleFunction slot) {
    double[] values = new double[slots];
    Arrays.setAll(values, slot);
    return values;
  }

  private static void check(HeFixture he, Ciphertext result, double[] expected, String what) {
    try (result) {
      assertThat(HeFixture.maxError(he.decrypt(result), expected)).as(what).isLessThan(TOLERANCE);
    }
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void everyOperationAgreesWithClearArithmetic(CkksParameters parameters, double scale) {
    try (HeFixture he = new HeFixture(parameters, implementation);
        EvaluationKeys keys =
            he.keys(
                he.maxLevel(), Map.of(1, he.maxLevel(), -7, he.maxLevel(), 64, he.maxLevel()))) {
      for (int seed = 0; seed < SEEDS; seed++) {
        Random random = new Random(seed);
        double[] x = HeFixture.randomValues(random, he.slots());
        double[] y = HeFixture.randomValues(random, he.slots());
        try (Ciphertext a = he.encrypt(x, he.maxLevel(), scale);
            Ciphertext b = he.encrypt(y, he.maxLevel(), scale);
            Plaintext p = he.encoder.encode(y, he.maxLevel(), scale)) {
          checkSums(he, x, y, a, b, p, "seed " + seed);
          checkProducts(he, x, y, a, b, p, keys, "seed " + seed);
          checkRotations(he, x, a, keys, "seed " + seed);
        }
      }
    }
  }

  private static void checkSums(
      HeFixture he, double[] x, double[] y, Ciphertext a, Ciphertext b, Plaintext p, String seed) {
    check(he, he.evaluator.add(a, b), clear(x.length, i -> x[i] + y[i]), "add, " + seed);
    check(he, he.evaluator.sub(a, b), clear(x.length, i -> x[i] - y[i]), "sub, " + seed);
    check(he, he.evaluator.negate(a), clear(x.length, i -> -x[i]), "negate, " + seed);
    check(he, he.evaluator.addPlain(a, p), clear(x.length, i -> x[i] + y[i]), "addPlain, " + seed);
  }

  private static void checkProducts(
      HeFixture he,
      double[] x,
      double[] y,
      Ciphertext a,
      Ciphertext b,
      Plaintext p,
      EvaluationKeys keys,
      String seed) {
    double[] product = clear(x.length, i -> x[i] * y[i]);
    double[] square = clear(x.length, i -> x[i] * x[i]);
    check(he, he.evaluator.multiply(a, b), product, "multiply, " + seed);
    check(he, he.evaluator.multiplyPlain(a, p), product, "multiplyPlain, " + seed);
    check(he, he.evaluator.square(a), square, "square, " + seed);
    try (Ciphertext raw = he.evaluator.multiply(a, b)) {
      assertThat(raw.size()).isEqualTo(3);
      assertThat(raw.scale()).isEqualTo(a.scale() * a.scale());
      try (Ciphertext relinearized = he.evaluator.relinearize(raw, keys)) {
        check(he, he.evaluator.rescale(relinearized), product, "relinearize, rescale, " + seed);
      }
      check(he, he.evaluator.rescale(raw), product, "rescale of size 3, " + seed);
    }
    Ciphertext squared = he.evaluator.squareRelinearizeRescale(a, keys);
    assertThat(squared.level()).isEqualTo(he.maxLevel() - 1);
    assertThat(squared.scale())
        .isEqualTo(a.scale() * a.scale() / he.context.dataPrimes()[he.maxLevel()]);
    check(he, squared, square, "squareRelinearizeRescale, " + seed);
  }

  private static void checkRotations(
      HeFixture he, double[] x, Ciphertext a, EvaluationKeys keys, String seed) {
    for (int step : new int[] {0, 1, -7, 64}) {
      double[] rotated = clear(x.length, i -> x[Math.floorMod(i + step, x.length)]);
      try (Ciphertext result = he.evaluator.rotate(a, step, keys)) {
        assertThat(HeFixture.maxError(he.decrypt(result), rotated))
            .as("rotate %d, %s", step, seed)
            .isLessThan(TOLERANCE + he.keySwitchBound(a.level(), a.scale()));
      }
    }
    try (Ciphertext low = he.evaluator.modSwitchTo(a, 0)) {
      assertThat(low.level()).isZero();
      assertThat(low.scale()).isEqualTo(a.scale());
      check(he, he.evaluator.negate(low), clear(x.length, i -> -x[i]), "modSwitchTo, " + seed);
    }
  }

  @Test
  void operandsStayAsTheyAre() {
    try (HeFixture he = new HeFixture(HeFixture.DEGREE_8192, implementation);
        EvaluationKeys keys = he.keys(4, Map.of(1, 4));
        Ciphertext a = he.encrypt(new double[] {0.5, 0.25}, 4, SCALE)) {
      double[] before = he.decrypt(a);
      he.evaluator.rotate(a, 1, keys).close();
      he.evaluator.squareRelinearizeRescale(a, keys).close();
      he.evaluator.modSwitchTo(a, 1).close();
      he.evaluator.add(a, a).close();
      assertThat(he.decrypt(a)).isEqualTo(before);
    }
  }

  @Test
  void refusesLevelsAndScalesThatDiffer() {
    try (HeFixture he = new HeFixture(HeFixture.DEGREE_8192, implementation);
        Ciphertext a = he.encrypt(new double[] {1}, 4, SCALE);
        Ciphertext lower = he.encrypt(new double[] {1}, 3, SCALE);
        Ciphertext otherScale = he.encrypt(new double[] {1}, 4, SCALE * (1 + 0x1p-29));
        Plaintext lowerPlain = he.encoder.encode(new double[] {1}, 3, SCALE)) {
      assertThatThrownBy(() -> he.evaluator.add(a, lower))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the operands are at different levels: 4 and 3");
      assertThatThrownBy(() -> he.evaluator.multiply(a, lower))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> he.evaluator.addPlain(a, lowerPlain))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> he.evaluator.multiplyPlain(a, lowerPlain))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> he.evaluator.sub(a, otherScale))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("different scales");
    }
  }

  @Test
  void toleratesScalesThatDifferByRounding() {
    try (HeFixture he = new HeFixture(HeFixture.DEGREE_8192, implementation);
        Ciphertext a = he.encrypt(new double[] {1}, 4, SCALE);
        Ciphertext b = he.encrypt(new double[] {2}, 4, SCALE * (1 + 0x1p-31));
        Plaintext p = he.encoder.encode(new double[] {2}, 4, SCALE * (1 + 0x1p-31));
        Ciphertext sum = he.evaluator.add(a, b);
        Ciphertext plainSum = he.evaluator.addPlain(a, p)) {
      assertThat(sum.scale()).isEqualTo(SCALE);
      assertThat(plainSum.scale()).isEqualTo(SCALE);
      assertThat(he.decrypt(sum)[0]).isCloseTo(3, Percentage.withPercentage(0.01));
      assertThat(he.decrypt(plainSum)[0]).isCloseTo(3, Percentage.withPercentage(0.01));
    }
  }

  @Test
  void refusesTheImpossible() {
    try (HeFixture he = new HeFixture(HeFixture.DEGREE_8192, implementation);
        EvaluationKeys keys = he.keys(4, Map.of(1, 4));
        Ciphertext a = he.encrypt(new double[] {1}, 4, SCALE);
        Ciphertext bottom = he.encrypt(new double[] {1}, 0, SCALE);
        Ciphertext product = he.evaluator.square(a);
        Plaintext zero = he.encoder.encode(new double[0], 4, SCALE)) {
      assertThatThrownBy(() -> he.evaluator.rescale(bottom))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("level 0");
      assertThatThrownBy(() -> he.evaluator.squareRelinearizeRescale(bottom, keys))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> he.evaluator.modSwitchTo(bottom, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("outside 0..0");
      assertThatThrownBy(() -> he.evaluator.modSwitchTo(a, -1))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> he.evaluator.rotate(product, 1, keys))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("relinearize it first");
      assertThatThrownBy(() -> he.evaluator.multiply(product, a))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("size 3");
      assertThatThrownBy(() -> he.evaluator.multiplyPlain(a, zero))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("plaintext is zero");
      assertThatThrownBy(() -> he.evaluator.sub(a, a))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("transparent");
      assertThatThrownBy(() -> he.evaluator.rotate(a, 4096, keys))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("-4095..4095");
    }
  }

  @Test
  void refusesOperandsOfAnotherContext() {
    try (HeFixture he = new HeFixture(HeFixture.DEGREE_4096, implementation);
        HeFixture other = new HeFixture(HeFixture.DEGREE_4096, implementation);
        Ciphertext own = he.encrypt(new double[] {1}, 1, SCALE);
        Ciphertext foreign = other.encrypt(new double[] {1}, 1, SCALE);
        Plaintext foreignPlain = other.encoder.encode(new double[] {1}, 1, SCALE)) {
      assertThatThrownBy(() -> he.evaluator.add(own, foreign))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("second ciphertext belongs to context");
      assertThatThrownBy(() -> he.evaluator.negate(foreign))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> he.evaluator.addPlain(own, foreignPlain))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("plaintext belongs to context");
    }
  }

  @Test
  void refusesClosedOperandsAndAClosedContext() {
    HeFixture he = new HeFixture(HeFixture.DEGREE_4096, implementation);
    Ciphertext closed = he.encrypt(new double[] {1}, 1, SCALE);
    Ciphertext open = he.encrypt(new double[] {1}, 1, SCALE);
    closed.close();
    assertThatThrownBy(() -> he.evaluator.add(open, closed))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Ciphertext is closed");
    he.close();
    assertThatThrownBy(() -> he.evaluator.negate(open))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("CkksContext is closed");
    open.close();
  }
}
