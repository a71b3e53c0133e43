package io.silenda.dp.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** DP-SGD in thirty lines, with one mistake on request. */
final class PlantedTrainer implements TrainerUnderTest {
  enum Bug {
    NONE,
    NO_NOISE,
    HALF_NOISE,
    REUSED_NOISE,
    NO_CLIPPING,
    CLIPPING_PER_BATCH,
    CLIPPING_PER_LAYER,
    MEAN_BEFORE_CLIPPING,
    WRONG_DIVISOR,
    SHUFFLED_AS_POISSON,
    LEDGER_SKIPPED
  }

  private final Bug bug;

  PlantedTrainer(Bug bug) {
    this.bug = bug;
  }

  @Override
  public Run run(List<float[]> gradients, double rate, int steps, long seed) {
    Random coins = new Random(seed);
    Random noise = new Random(seed + 1);
    List<float[]> releases = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      List<float[]> batch = batch(gradients, rate, coins);
      double[] sum = sum(batch);
      if (bug == Bug.REUSED_NOISE) {
        noise = new Random(seed + 1);
      }
      float[] release = new float[DIMENSION];
      for (int i = 0; i < DIMENSION; i++) {
        release[i] = (float) (sum[i] + deviation() * noise.nextGaussian());
        release[i] /= bug == Bug.WRONG_DIVISOR ? Math.max(1, batch.size()) : 1;
      }
      releases.add(release);
      sizes.add(batch.size());
    }
    return new Run(releases, sizes, bug == Bug.LEDGER_SKIPPED ? 1 : steps);
  }

  private double deviation() {
    return bug == Bug.NO_NOISE ? 0 : bug == Bug.HALF_NOISE ? 0.5 : 1;
  }

  private List<float[]> batch(List<float[]> gradients, double rate, Random coins) {
    if (bug == Bug.SHUFFLED_AS_POISSON) {
      return gradients.subList(0, (int) Math.round(rate * gradients.size()));
    }
    return gradients.stream().filter(each -> coins.nextDouble() < rate).toList();
  }

  private double[] sum(List<float[]> batch) {
    double[] sum = new double[DIMENSION];
    for (float[] gradient : batch) {
      double[] clipped = new double[DIMENSION];
      Arrays.setAll(clipped, i -> gradient[i]);
      if (bug == Bug.CLIPPING_PER_LAYER) {
        clip(clipped, 0, DIMENSION / 2);
        clip(clipped, DIMENSION / 2, DIMENSION);
      } else if (bug != Bug.NO_CLIPPING && !clipsLate()) {
        clip(clipped, 0, DIMENSION);
      }
      for (int i = 0; i < DIMENSION; i++) {
        sum[i] += clipped[i] / (bug == Bug.MEAN_BEFORE_CLIPPING ? batch.size() : 1);
      }
    }
    if (clipsLate()) {
      clip(sum, 0, DIMENSION);
    }
    return sum;
  }

  private boolean clipsLate() {
    return bug == Bug.CLIPPING_PER_BATCH || bug == Bug.MEAN_BEFORE_CLIPPING;
  }

  private static void clip(double[] gradient, int from, int to) {
    double square = 0;
    for (int i = from; i < to; i++) {
      square += gradient[i] * gradient[i];
    }
    double factor = Math.min(1, 1 / Math.sqrt(Math.max(square, 1e-300)));
    for (int i = from; i < to; i++) {
      gradient[i] *= factor;
    }
  }
}
