package io.silenda.dp.audit;

import io.silenda.dp.mechanism.ToeplitzStrategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** DP-FTRL in thirty lines, with one mistake on request. */
final class PlantedStream implements StreamUnderTest {
  enum Bug {
    NONE,
    NO_NOISE,
    /** Drawn for the right sensitivity, and never correlated. */
    UNCORRELATED,
    /** The noise of independent steps, correlated. */
    NOISE_OF_ANOTHER_SENSITIVITY,
    /** Noise for one participation, where there are two. */
    PARTICIPATIONS_NOT_COUNTED,
    /** The order is turned around after each epoch: records come back too soon. */
    SEPARATION_NOT_KEPT,
    /** One record is in every batch. */
    MORE_PARTICIPATIONS,
    NO_CLIPPING,
    /** After a crash the same noise comes again. */
    REUSED_NOISE,
    /** The mechanism is begun anew in between, and charged once. */
    UNCHARGED_RESTART
  }

  private final Bug bug;
  private final double[] c;
  private final double sensitivity;

  PlantedStream(Bug bug) {
    this.bug = bug;
    var strategy = ToeplitzStrategy.optimised(BANDS, StreamConformance.PARTICIPATION);
    c = strategy.coefficients();
    double norm = Math.sqrt(Arrays.stream(c).map(each -> each * each).sum());
    sensitivity =
        switch (bug) {
          case NO_NOISE -> 0;
          case NOISE_OF_ANOTHER_SENSITIVITY -> 1;
          case PARTICIPATIONS_NOT_COUNTED -> norm;
          default -> strategy.sensitivity(StreamConformance.PARTICIPATION);
        };
  }

  @Override
  public Run run(List<float[]> gradients, long seed) {
    Random random = new Random(seed);
    List<double[]> noises = new ArrayList<>();
    List<float[]> releases = new ArrayList<>();
    int began = 0;
    for (int step = 0; step < STEPS; step++) {
      if (step == 5 && bug == Bug.REUSED_NOISE) {
        random = new Random(seed);
      }
      if (step == 5 && bug == Bug.UNCHARGED_RESTART) {
        began = step;
      }
      noises.add(noise(noises, step, began, random));
      double[] sum = sum(gradients, step);
      float[] release = new float[DIMENSION];
      for (int i = 0; i < DIMENSION; i++) {
        release[i] = (float) (sum[i] + noises.get(step)[i]);
      }
      releases.add(release);
    }
    return new Run(releases, 1);
  }

  private double[] noise(List<double[]> past, int step, int began, Random random) {
    double[] noise = new double[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      noise[i] = sensitivity * random.nextGaussian();
      for (int lag = 1; bug != Bug.UNCORRELATED && lag < BANDS && step - lag >= began; lag++) {
        noise[i] -= c[lag] * past.get(step - lag)[i];
      }
    }
    return noise;
  }

  private double[] sum(List<float[]> gradients, int step) {
    double[] sum = new double[DIMENSION];
    int place = step % SEPARATION;
    if (bug == Bug.SEPARATION_NOT_KEPT && step >= SEPARATION) {
      place = SEPARATION - 1 - place;
    }
    add(gradients, place, sum);
    if (bug == Bug.MORE_PARTICIPATIONS && place != 0) {
      add(gradients, 0, sum);
    }
    return sum;
  }

  private void add(List<float[]> gradients, int record, double[] sum) {
    if (record >= gradients.size() || Float.isNaN(gradients.get(record)[0])) {
      return;
    }
    float[] gradient = gradients.get(record);
    double squares = 0;
    for (float each : gradient) {
      squares += (double) each * each;
    }
    double factor = bug == Bug.NO_CLIPPING ? 1 : Math.min(1, 1 / Math.sqrt(squares));
    for (int i = 0; i < DIMENSION; i++) {
      sum[i] += factor * gradient[i];
    }
  }
}
