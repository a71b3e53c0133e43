package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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

@ParameterizedClass
@MethodSource("io.silenda.he.HeFixture#implementations")
class LinearTransformTest {
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

  /**
   * Sums over giant steps must not outgrow what kernels keep unreduced: primes as large as lazy
   * ones may be.
   */
  @Test
  void manyGiantSteps() {
    int giants = 300;
    CkksParameters parameters = CkksParameters.of(4096, List.of(44), 44);
    try (HeFixture small = new HeFixture(parameters, implementation)) {
      LinearTransform.Builder builder = LinearTransform.builder(small.context, 0, 0x1p18, 0x1p14);
      double[] x = HeFixture.randomValues(new Random(11), small.slots());
      double[] expected = new double[x.length];
      for (int giant = 0; giant < giants; giant++) {
        double weight = 1 - giant % 7 / 3.0;
        double[] diagonal = new double[x.length];
        Arrays.fill(diagonal, weight);
        builder.diagonal(giant, 0, diagonal);
        for (int s = 0; s < x.length; s++) {
          expected[s] += weight * x[(s + giant) % x.length];
        }
      }
      try (LinearTransform transform = builder.rescale(false).build();
          EvaluationKeys keys =
              small.keyGenerator.evaluationKeys(
                  small.secretKey, new EvaluationKeyPlan(-1, transform.rotationLevels()));
          Ciphertext input = small.encrypt(x, 0, 0x1p18);
          Ciphertext result = small.evaluator.apply(transform, input, keys)) {
        double[] actual = small.decrypt(result);
        for (int s = 0; s < x.length; s++) {
          assertThat(actual[s]).as("slot %d", s).isCloseTo(expected[s], within(0.5));
        }
      }
    }
  }

  private static LinearTransform.Builder builder() {
    return LinearTransform.builder(he.context, LEVEL, INPUT_SCALE, PLAINTEXT_SCALE);
  }

  private static RandomTransform randomTransform(long seed) {
    return new RandomTransform(he, LEVEL, INPUT_SCALE, PLAINTEXT_SCALE, seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void agreesWithTheClearMatrix(long seed) {
    RandomTransform random = randomTransform(seed);
    double[] x = HeFixture.randomValues(new Random(seed), he.slots());
    try (LinearTransform transform = random.builder.build();
        EvaluationKeys keys = he.keysFor(transform);
        Ciphertext input = he.encrypt(x, LEVEL, INPUT_SCALE);
        Ciphertext result = he.evaluator.apply(transform, input, keys)) {
      assertThat(result.level())
          .isEqualTo(transform.resultLevel())
          .isEqualTo(random.rescale ? LEVEL - 1 : LEVEL);
      assertThat(result.scale()).isEqualTo(transform.resultScale());
      assertThat(HeFixture.maxError(he.decrypt(result), random.inTheClear(x)))
          .as("seed %d", seed)
          .isLessThan(random.errorBound());
    }
  }

  @Test
  void aDenseMatrixByBabyAndGiantSteps() {
    int size = 16;
    Random random = new Random(77);
    double[][] matrix = new double[size][];
    Arrays.setAll(matrix, row -> HeFixture.randomValues(random, size));
    double[] x = HeFixture.randomValues(random, size);
    double[] repeated = new double[he.slots()];
    Arrays.setAll(repeated, i -> x[i % size]);
    LinearTransform.Builder builder = builder().rescale(true);
    for (int k = 0; k < size; k++) {
      double[] diagonal = new double[size];
      for (int row = 0; row < size; row++) {
        diagonal[row] = matrix[row][(row + k) % size];
      }
      builder.diagonal(k / 4 * 4, k % 4, diagonal);
    }
    try (LinearTransform transform = builder.build();
        EvaluationKeys keys = he.keysFor(transform);
        Ciphertext input = he.encrypt(repeated, LEVEL, INPUT_SCALE);
        Ciphertext result = he.evaluator.apply(transform, input, keys)) {
      double[] expected = new double[size];
      Arrays.setAll(
          expected,
          row -> {
            double sum = 0;
            for (int column = 0; column < size; column++) {
              sum += matrix[row][column] * x[column];
            }
            return sum;
          });
      assertThat(transform.rotationSteps()).containsExactly(1, 2, 3, 4, 8, 12);
      assertThat(transform.nativeBytes()).isEqualTo(packedBytes(16, 12, 4));
      assertThat(HeFixture.maxError(he.decrypt(result), expected)).isLessThan(1e-3);
    }
  }

  /** Whole bytes for each residue; products with the unrotated input need no special prime. */
  private static long packedBytes(int diagonals, int rotated, int groups) {
    long padding = 64;
    long bytes = bytesOf(he.context.specialPrimes()[0]) * rotated * 8192L + groups * padding;
    for (int level = 0; level <= LEVEL; level++) {
      bytes += bytesOf(he.context.dataPrimes()[level]) * diagonals * 8192L + groups * padding;
    }
    return bytes;
  }

  private static long bytesOf(long prime) {
    return (Long.SIZE + 7L - Long.numberOfLeadingZeros(prime)) / 8;
  }

  @Test
  void reportsStepsAndTheirLevels() {
    try (LinearTransform transform =
        builder()
            .diagonal(-8, 0, new double[] {1})
            .diagonal(0, 3, new double[] {1})
            .diagonal(16, 5, new double[he.slots()])
            .fold(64)
            .fold(3)
            .rescale(true)
            .build()) {
      assertThat(transform.rotationLevels())
          .containsExactly(Map.entry(3, 4), Map.entry(64, 3), Map.entry(4088, 4));
      assertThat(transform.rotationSteps()).containsExactly(3, 64, 4088);
      assertThat(transform.resultScale())
          .isEqualTo(INPUT_SCALE * PLAINTEXT_SCALE / he.context.dataPrimes()[LEVEL]);
    }
  }

  @Test
  void aTransformWithoutRotationsNeedsNoKeys() {
    try (LinearTransform transform = builder().diagonal(0, 0, new double[] {2, 3}).build();
        EvaluationKeys none = he.keysFor(transform);
        Ciphertext input = he.encrypt(new double[] {1, 1, 1}, LEVEL, INPUT_SCALE);
        Ciphertext result = he.evaluator.apply(transform, input, none)) {
      assertThat(HeFixture.maxError(he.decrypt(result), new double[] {2, 3, 0})).isLessThan(1e-3);
    }
  }

  @Test
  void refusesATransformThatIsZero() {
    assertThatThrownBy(() -> builder().diagonal(0, 1, new double[he.slots()]).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not be encrypted");
    double[] vanishing = {1e-12};
    assertThatThrownBy(() -> builder().diagonal(0, 1, vanishing).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("zero at the plaintext scale");
  }

  @Test
  void refusesInputsItWasNotBuiltFor() {
    try (LinearTransform transform = builder().diagonal(0, 1, new double[] {1}).build();
        EvaluationKeys keys = he.keysFor(transform);
        Ciphertext lower = he.encrypt(new double[] {1}, LEVEL - 1, INPUT_SCALE);
        Ciphertext scaled = he.encrypt(new double[] {1}, LEVEL, INPUT_SCALE * (1 + 0x1p-29));
        Ciphertext close = he.encrypt(new double[] {1}, LEVEL, INPUT_SCALE * (1 + 0x1p-31));
        Ciphertext square = he.evaluator.square(close)) {
      assertThatThrownBy(() -> he.evaluator.apply(transform, lower, keys))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the ciphertext is at level 3, the transform was built for level 4");
      assertThatThrownBy(() -> he.evaluator.apply(transform, scaled, keys))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("scale");
      assertThatThrownBy(() -> he.evaluator.apply(transform, square, keys))
          .isInstanceOf(IllegalArgumentException.class);
      he.evaluator.apply(transform, close, keys).close();
    }
  }

  @Test
  void refusesMissingKeysAndForeignContexts() {
    try (LinearTransform transform =
            builder().diagonal(0, 1, new double[] {1}).fold(32).rescale(true).build();
        HeFixture other = new HeFixture(HeFixture.DEGREE_8192);
        EvaluationKeys noFold = he.keys(-1, Map.of(1, LEVEL));
        EvaluationKeys keys = he.keysFor(transform);
        Ciphertext input = he.encrypt(new double[] {1}, LEVEL, INPUT_SCALE)) {
      assertThatThrownBy(() -> he.evaluator.apply(transform, input, noFold))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no rotation key for step 32; planned steps are [1]");
      assertThatThrownBy(() -> other.evaluator.apply(transform, input, keys))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("transform belongs to context");
    }
  }

  @Test
  void refusesToBeAppliedOnceClosed() {
    LinearTransform transform = builder().diagonal(0, 0, new double[] {1}).build();
    transform.close();
    transform.close();
    try (EvaluationKeys none = he.keysFor(transform);
        Ciphertext input = he.encrypt(new double[] {1}, LEVEL, INPUT_SCALE)) {
      assertThatThrownBy(() -> he.evaluator.apply(transform, input, none))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("LinearTransform is closed");
    }
  }

  @Test
  void refusesBadParts() {
    assertThatThrownBy(() -> builder().diagonal(0, 0, new double[he.slots() + 1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4097");
    assertThatThrownBy(() -> builder().diagonal(4096, 0, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("giantStep 4096");
    assertThatThrownBy(() -> builder().fold(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder().diagonal(0, 0, new double[] {Double.NaN}).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a finite number");
    assertThatThrownBy(() -> LinearTransform.builder(he.context, 5, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                LinearTransform.builder(he.context, 0, 0x1p20, 0x1p20)
                    .diagonal(0, 0, new double[] {1})
                    .rescale(true)
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("level 0");
    assertThatThrownBy(
            () ->
                LinearTransform.builder(he.context, 0, 0x1p30, 0x1p30)
                    .diagonal(0, 0, new double[] {1})
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scale 2^60.00");
  }
}
