package io.silenda.dp.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import io.silenda.dp.accounting.PrivacyEvent.MatrixMechanism;
import io.silenda.dp.accounting.PrivacyEvent.TreeAggregation;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CorrelatedMechanismTest {
  private static final long SEED = 2208;
  private static final int STEPS = 13;

  private static final Participation PARTICIPATION = new Participation(STEPS, 5);

  /** z = C w again, but for the one rounding of each step: the stream is the dense inverse. */
  @Test
  void encodingTheStreamGivesTheNoiseBack() {
    SplittableRandom random = new SplittableRandom(SEED);
    int dimension = 70;
    for (int bands : new int[] {1, 2, 5}) {
      ToeplitzStrategy strategy = ToeplitzStrategy.squareRoot(bands);
      double[][] encoder = Dense.encoder(strategy, STEPS);
      double[][] inverse = Dense.inverse(strategy, STEPS);
      // Chunks of 32, as large vectors are cut into chunks.
      ToeplitzNoise stream = new ToeplitzNoise(strategy, dimension, 32);
      double[][] fresh = new double[STEPS][dimension];
      double[][] shaped = new double[STEPS][dimension];
      for (int step = 0; step < STEPS; step++) {
        for (int from = 0; from < dimension; from += 32) {
          int count = Math.min(32, dimension - from);
          int[] noise = random.ints(count, -1 << 24, 1 << 24).toArray();
          for (int i = 0; i < count; i++) {
            fresh[step][from + i] = noise[i];
          }
          stream.shape(noise, from, count);
          for (int i = 0; i < count; i++) {
            shaped[step][from + i] = noise[i];
          }
        }
        stream.endStep();
      }
      double[][] encoded = Dense.product(encoder, shaped);
      double[][] dense = Dense.product(inverse, fresh);
      for (int t = 0; t < STEPS; t++) {
        for (int i = 0; i < dimension; i++) {
          assertThat(encoded[t][i]).as("seed %d", SEED).isCloseTo(fresh[t][i], within(0.5));
          assertThat(shaped[t][i])
              .isCloseTo(dense[t][i], within(0.5 * strategy.noiseGrowth(STEPS)));
        }
      }
    }
  }

  @Test
  void treeStreamsAreTheDenseTree() {
    SplittableRandom random = new SplittableRandom(SEED);
    double[][] tree = Dense.tree(STEPS);
    TreeNoise stream = new TreeNoise(STEPS, 1);
    double[][] fresh = new double[STEPS][1];
    for (int step = 0; step < STEPS; step++) {
      int[] noise = {random.nextInt(1000)};
      fresh[step][0] = noise[0];
      stream.shape(noise, 0, 1);
      stream.endStep();
      assertThat((double) noise[0]).isEqualTo(Dense.product(tree, fresh)[step][0]);
    }
    // Each prefix sum has at most as many nodes as its number has bits.
    double sum = 0;
    for (int step = 0; step < 7; step++) {
      for (double value : tree[step]) {
        sum += value;
      }
    }
    assertThat(sum).isEqualTo(3);
  }

  /**
   * Covariances of all pairs of steps over 20,000 coordinates are within 5.5 of their own
   * deviations: false alarms in fewer than one of 10^5 seeds.
   */
  @Test
  void noiseHasTheCovarianceOfTheStrategy() {
    int dimension = 20_000;
    ToeplitzStrategy strategy = ToeplitzStrategy.optimised(5, PARTICIPATION);
    CorrelatedMechanism banded =
        CorrelatedMechanism.banded(1, 2, dimension, strategy, PARTICIPATION);
    assertCovariance(banded, Dense.inverse(strategy, STEPS), dimension);
    CorrelatedMechanism tree =
        CorrelatedMechanism.tree(1, 2, dimension, new Participation(STEPS, STEPS));
    assertCovariance(tree, Dense.tree(STEPS), dimension);
  }

  private static void assertCovariance(
      CorrelatedMechanism mechanism, double[][] decoder, int dimension) {
    float[][] noise = new float[STEPS][dimension];
    try (NoiseSource source = NoiseSource.insecureSeeded(SEED);
        GridAccumulator sum = mechanism.begin()) {
      for (float[] step : noise) {
        sum.release(source, 1, step);
      }
    }
    double variance = mechanism.noiseDeviation() * mechanism.noiseDeviation();
    for (int s = 0; s < STEPS; s++) {
      for (int t = 0; t <= s; t++) {
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
          sum += (double) noise[s][i] * noise[t][i];
        }
        double expected = variance * dot(decoder[s], decoder[t]);
        double own = variance * dot(decoder[s], decoder[s]);
        double other = variance * dot(decoder[t], decoder[t]);
        double deviation = Math.sqrt((own * other + expected * expected) / dimension);
        assertThat(sum / dimension)
            .as("seed %d, steps %d and %d", SEED, s, t)
            .isCloseTo(expected, within(5.5 * deviation));
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /**
   * The proof, run: for the same releases, how far apart is the noise that two neighbours need? It
   * is C times the difference of their sums and at most one unit where earlier noise was rounded,
   * whatever the sums and the noise are.
   */
  @Test
  void neighboursAreNoFurtherApartThanIsAccountedFor() {
    SplittableRandom random = new SplittableRandom(SEED);
    int dimension = 50;
    double norm = 1;
    ToeplitzStrategy strategy = ToeplitzStrategy.optimised(5, PARTICIPATION);
    CorrelatedMechanism mechanism =
        CorrelatedMechanism.banded(norm, 1, dimension, strategy, PARTICIPATION);
    double accounted = mechanism.noiseDeviation() / mechanism.grid();
    double farthest = 0;
    for (int trial = 0; trial < 200; trial++) {
      double moved = moved(strategy, mechanism.grid(), dimension, trial, random);
      farthest = Math.max(farthest, moved);
      assertThat(moved).as("seed %d, trial %d", SEED, trial).isLessThanOrEqualTo(accounted);
    }
    // It is no empty bound.
    assertThat(farthest).isGreaterThan(0.99 * accounted);
  }

  /** In grid units; a record takes part at its first possible step and every fifth after it. */
  private static double moved(
      ToeplitzStrategy strategy, double grid, int dimension, int trial, SplittableRandom random) {
    double length = 1 / grid / Math.sqrt(dimension);
    int first = trial % 5;
    ToeplitzNoise one = new ToeplitzNoise(strategy, dimension, dimension);
    ToeplitzNoise other = new ToeplitzNoise(strategy, dimension, dimension);
    int[][] past = new int[STEPS][dimension];
    double squares = 0;
    for (int step = 0; step < STEPS; step++) {
      int[] noise = random.ints(dimension, -4000, 4000).toArray();
      int[] released = noise.clone();
      one.shape(released, 0, dimension);
      one.endStep();
      int[] needed = new int[dimension];
      for (int i = 0; i < dimension; i++) {
        // The neighbour's sum is less by the record, rounded in its disfavour.
        int sign = trial % 2 == 0 || random.nextBoolean() ? 1 : -1;
        int record = step % 5 == first ? sign * (int) Math.floor(length + 1) : 0;
        past[step][i] = released[i] + record;
        needed[i] = past[step][i] + rounded(strategy, past, step, i);
        squares += Math.pow(needed[i] - noise[i], 2);
      }
      int[] shaped = needed.clone();
      other.shape(shaped, 0, dimension);
      other.endStep();
      assertThat(shaped).isEqualTo(past[step]);
    }
    return Math.sqrt(squares);
  }

  private static int rounded(ToeplitzStrategy strategy, int[][] past, int step, int i) {
    double[] coefficients = strategy.coefficients();
    double sum = 0;
    for (int k = 1; k < coefficients.length && k <= step; k++) {
      sum += coefficients[k] * past[step - k][i];
    }
    return (int) Math.rint(sum);
  }

  @Test
  void roundingIsPaidForInTheNoise() {
    for (int dimension : new int[] {1, 100, 1 << 20}) {
      for (double multiplier : new double[] {0.01, 0.7, 20}) {
        ToeplitzStrategy strategy = ToeplitzStrategy.optimised(5, PARTICIPATION);
        CorrelatedMechanism mechanism =
            CorrelatedMechanism.banded(0.5, multiplier, dimension, strategy, PARTICIPATION);
        double units = Math.sqrt(dimension) * mechanism.grid();
        double sensitivity =
            strategy.sensitivity(PARTICIPATION) * (0.5 + 1.5 * units) + Math.sqrt(12) * units;
        assertThat(mechanism.noiseDeviation()).isGreaterThanOrEqualTo(multiplier * sensitivity);
        assertThat(mechanism.event()).isEqualTo(new MatrixMechanism(new Gaussian(multiplier)));
      }
    }
    assertThat(CorrelatedMechanism.tree(1, 3, 10, new Participation(8, 9)).event())
        .isEqualTo(new TreeAggregation(new Gaussian(3), 8));
  }

  @Test
  void everyOutputIsAMultipleOfTheGrid() {
    CorrelatedMechanism mechanism =
        CorrelatedMechanism.banded(1, 1, 100, ToeplitzStrategy.squareRoot(5), PARTICIPATION);
    float[] values = new float[100];
    try (NoiseSource source = NoiseSource.secure();
        GridAccumulator sum = mechanism.begin()) {
      for (int step = 0; step < STEPS; step++) {
        sum.add(0, new double[] {Math.PI, 1e-30, -1e10}, 3);
        sum.release(source, 1 / mechanism.grid(), values);
        for (float value : values) {
          assertThat(value).isEqualTo((float) Math.rint(value));
        }
      }
    }
  }

  @Test
  void noMoreStepsThanAreAccountedFor() {
    CorrelatedMechanism mechanism =
        CorrelatedMechanism.banded(1, 1, 2, ToeplitzStrategy.of(1, 0.5), new Participation(2, 2));
    try (NoiseSource source = NoiseSource.secure()) {
      GridAccumulator sum = mechanism.begin();
      sum.release(source, 1, new float[2]);
      sum.release(source, 1, new float[2]);
      assertThatIllegalStateException()
          .isThrownBy(() -> sum.release(source, 1, new float[2]))
          .withMessageContaining("no steps left");
      GridAccumulator closed = mechanism.begin();
      closed.close();
      assertThatIllegalStateException().isThrownBy(() -> closed.release(source, 1, new float[2]));
    }
  }

  @Test
  void whatCannotBeDrawnIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                CorrelatedMechanism.banded(
                    1, 200, 1 << 24, ToeplitzStrategy.squareRoot(5), PARTICIPATION))
        .withMessageContaining("noiseMultiplier 200.0 is above");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CorrelatedMechanism.tree(1, 1, 1, new Participation(9, 8)))
        .withMessageContaining("steps 9 is not from 1 to 8");
    assertThatIllegalArgumentException().isThrownBy(() -> new Participation(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Participation(1, 0));
  }
}
