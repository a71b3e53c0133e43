package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.he.Polynomial.Basis;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.silenda.he.HeFixture#implementations")
class PolynomialEvaluationTest {
  private static final double SCALE = 0x1p40;

  @SuppressWarnings("NullAway") // set before each run of the class
  private static HeFixture he;

  @SuppressWarnings("NullAway") // set before each run of the class
  private static EvaluationKeys keys;

  @Parameter String implementation = "";

  @BeforeParameterizedClassInvocation
  static void open(String implementation) {
    he = new HeFixture(HeFixture.LONG_CHAIN, implementation);
    keys = he.keys(he.maxLevel(), Map.of());
  }

  @AfterParameterizedClassInvocation
  static void close() {
    keys.close();
    he.close();
  }

  static Stream<Arguments> polynomials() {
    return Arrays.stream(Basis.values())
        .flatMap(
            basis ->
                IntStream.concat(IntStream.rangeClosed(1, 31), IntStream.of(32, 47, 63))
                    .mapToObj(degree -> Arguments.of(basis, degree)));
  }

  private static void check(Polynomial polynomial, int level, double targetScale, String what) {
    double[] x = HeFixture.randomValues(new Random(polynomial.degree()), he.slots());
    try (Ciphertext input = he.encrypt(x, level, SCALE);
        Ciphertext result = he.evaluator.evaluate(polynomial, input, keys, targetScale)) {
      assertThat(result.level()).as(what).isEqualTo(level - polynomial.depth());
      assertThat(result.scale()).as(what).isEqualTo(targetScale);
      assertThat(result.size()).isEqualTo(2);
      double[] expected = Arrays.stream(x).map(polynomial::valueAt).toArray();
      assertThat(HeFixture.maxError(he.decrypt(result), expected)).as(what).isLessThan(1e-5);
    }
  }

  @ParameterizedTest
  @MethodSource("polynomials")
  void agreesWithTheClearPolynomial(Basis basis, int degree) {
    double[] coefficients = HeFixture.randomValues(new Random(degree), degree + 1);
    Polynomial polynomial = new Polynomial(basis, coefficients);
    check(polynomial, he.maxLevel(), SCALE, "seed " + degree);
  }

  @ParameterizedTest
  @EnumSource(Basis.class)
  void sparsePolynomials(Basis basis) {
    for (int seed = 0; seed < 12; seed++) {
      Random random = new Random(seed);
      double[] coefficients = new double[32];
      for (int i = 0; i < 3; i++) {
        coefficients[1 + random.nextInt(31)] = random.nextDouble() * 2 - 1;
      }
      check(new Polynomial(basis, coefficients), he.maxLevel(), SCALE, "seed " + seed);
    }
  }

  @ParameterizedTest
  @EnumSource(Basis.class)
  void singlePowers(Basis basis) {
    for (int degree = 1; degree <= 17; degree++) {
      double[] coefficients = new double[degree + 1];
      coefficients[degree] = -0.75;
      check(new Polynomial(basis, coefficients), 5, SCALE, basis + " degree " + degree);
    }
  }

  @ParameterizedTest
  @EnumSource(Basis.class)
  void anyTargetScaleIsMetExactly(Basis basis) {
    Polynomial polynomial = new Polynomial(basis, new double[] {0.5, 0.25, -0.5, 1, 0, 0.125});
    for (double targetScale : new double[] {0x1p32, 0x1p36 * 1.2345, 0x1p43 / 3}) {
      check(polynomial, he.maxLevel(), targetScale, "target " + targetScale);
    }
  }

  @Test
  void dustInTheHighCoefficientsDoesNoHarm() {
    double[] coefficients = {0.1, 0.7, 1e-18, -0.2, 1e-19, 1e-18, 1e-30, 1e-17};
    Polynomial polynomial = new Polynomial(Basis.CHEBYSHEV, coefficients);
    assertThat(polynomial.depth()).isEqualTo(3);
    check(polynomial, 3, SCALE, "dust");
  }

  @Test
  void chebyshevOfASmoothFunction() {
    int degree = 15;
    double[] coefficients = new double[degree + 1];
    int nodes = 64;
    for (int k = 0; k <= degree; k++) {
      for (int j = 0; j < nodes; j++) {
        double angle = Math.PI * (j + 0.5) / nodes;
        double weight = (k == 0 ? 1.0 : 2.0) / nodes;
        coefficients[k] += weight * Math.tanh(2 * Math.cos(angle)) * Math.cos(k * angle);
      }
    }
    check(new Polynomial(Basis.CHEBYSHEV, coefficients), 4, SCALE, "tanh");
  }

  @Test
  void coefficientsMayBeLarge() {
    Polynomial polynomial = new Polynomial(Basis.MONOMIAL, new double[] {-40, 300, 0, 55});
    double[] x = HeFixture.randomValues(new Random(3), he.slots());
    try (Ciphertext input = he.encrypt(x, 6, SCALE);
        Ciphertext result = he.evaluator.evaluate(polynomial, input, keys, SCALE)) {
      double[] expected = Arrays.stream(x).map(polynomial::valueAt).toArray();
      assertThat(HeFixture.maxError(he.decrypt(result), expected)).isLessThan(1e-4);
    }
  }

  @Test
  void refusesWhatCannotBeEvaluated() {
    Polynomial cubic = new Polynomial(Basis.MONOMIAL, new double[] {0, 0, 0, 1});
    try (Ciphertext low = he.encrypt(new double[] {1}, 1, SCALE);
        Ciphertext high = he.encrypt(new double[] {1}, 6, SCALE);
        Ciphertext square = he.evaluator.square(high);
        EvaluationKeys lowKeys = he.keys(5, Map.of());
        EvaluationKeys none = he.keys(-1, Map.of())) {
      assertThatThrownBy(() -> he.evaluator.evaluate(cubic, low, keys, SCALE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the polynomial needs 2 levels, the ciphertext is at level 1");
      assertThatThrownBy(() -> he.evaluator.evaluate(cubic, high, lowKeys, SCALE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("limited to level 5");
      assertThatThrownBy(() -> he.evaluator.evaluate(cubic, high, none, SCALE))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> he.evaluator.evaluate(cubic, square, keys, SCALE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("size 3");
      for (double badScale : new double[] {0, -1, Double.NaN, 0x1p300}) {
        assertThatThrownBy(() -> he.evaluator.evaluate(cubic, high, keys, badScale))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("scale");
      }
    }
  }

  @Test
  void degreeOneNeedsNoKey() {
    Polynomial line = new Polynomial(Basis.MONOMIAL, new double[] {0.5, 2});
    try (EvaluationKeys none = he.keys(-1, Map.of());
        Ciphertext input = he.encrypt(new double[] {0.25}, 2, SCALE);
        Ciphertext result = he.evaluator.evaluate(line, input, none, SCALE)) {
      assertThat(HeFixture.maxError(he.decrypt(result), new double[] {1, 0.5})).isLessThan(1e-6);
    }
  }
}
