package io.silenda.dp.audit;

import static io.silenda.dp.audit.StreamUnderTest.BANDS;
import static io.silenda.dp.audit.StreamUnderTest.DIMENSION;
import static io.silenda.dp.audit.StreamUnderTest.SEPARATION;
import static io.silenda.dp.audit.StreamUnderTest.STEPS;

import io.silenda.dp.mechanism.Participation;
import io.silenda.dp.mechanism.ToeplitzStrategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Looks from outside at what a trainer with correlated noise promises: what is released is encoded
 * by the strategy again, and must then have independent noise of the promised size, around sums
 * that one record moves by no more than the sensitivity.
 *
 * <p>False alarms: a deviation of 400 samples is off by a fifth (5.6 of its own deviations) once in
 * 10^7 times, a correlation of 400 pairs beyond 0.28 (5.6) as rarely; 45 of them are looked at.
 */
final class StreamConformance {
  private static final long SEED = 78;

  static final Participation PARTICIPATION = new Participation(STEPS, SEPARATION);

  private final StreamUnderTest trainer;
  private final ToeplitzStrategy strategy = ToeplitzStrategy.optimised(BANDS, PARTICIPATION);
  private final double sensitivity = strategy.sensitivity(PARTICIPATION);

  StreamConformance(StreamUnderTest trainer) {
    this.trainer = trainer;
  }

  /** What is wrong, in words; empty where nothing is. */
  List<String> findings() throws Exception {
    List<String> found = new ArrayList<>();
    double[][] noise = encoded(trainer.run(List.of(), SEED).releases());
    for (int s = 0; s < STEPS; s++) {
      double deviation = Math.sqrt(product(noise[s], noise[s])) / sensitivity;
      note(found, deviation < 0.8 || deviation > 1.2, "noise of another size than claimed");
      for (int t = 0; t < s; t++) {
        double scale = Math.sqrt(product(noise[s], noise[s]) * product(noise[t], noise[t]));
        double correlation = product(noise[s], noise[t]) / scale;
        note(found, !(Math.abs(correlation) < 0.28), "noise correlated otherwise than claimed");
      }
    }
    note(found, largestMove() > 1.02 * sensitivity, "one record moves more than the sensitivity");
    note(found, trainer.run(List.of(), SEED).charged() != 1, "mechanisms that nobody paid for");
    return found;
  }

  private static void note(List<String> found, boolean wrong, String what) {
    if (wrong && !found.contains(what)) {
      found.add(what);
    }
  }

  /** The noise is the same for the same seed: what differs is what the records do. */
  private double largestMove() throws Exception {
    double largest = 0;
    List<float[]> all = new ArrayList<>();
    for (int record = 0; record < SEPARATION; record++) {
      all.add(gradient(record % 2 == 0 ? 1000 : -1e6));
    }
    double[][] base = encoded(trainer.run(all, SEED).releases());
    for (int record = 0; record < SEPARATION; record++) {
      List<float[]> without = new ArrayList<>(all);
      without.set(record, gradient(Double.NaN));
      double[][] moved = encoded(trainer.run(without, SEED).releases());
      double sum = 0;
      for (int step = 0; step < STEPS; step++) {
        for (int i = 0; i < DIMENSION; i++) {
          sum += Math.pow(base[step][i] - moved[step][i], 2);
        }
      }
      largest = Math.max(largest, Math.sqrt(sum));
    }
    return largest;
  }

  private double[][] encoded(List<float[]> releases) {
    double[] coefficients = strategy.coefficients();
    double[][] encoded = new double[STEPS][DIMENSION];
    for (int step = 0; step < STEPS; step++) {
      for (int lag = 0; lag <= Math.min(step, coefficients.length - 1); lag++) {
        for (int i = 0; i < DIMENSION; i++) {
          encoded[step][i] += coefficients[lag] * releases.get(step - lag)[i];
        }
      }
    }
    return encoded;
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum / a.length;
  }

  private static float[] gradient(double norm) {
    float[] gradient = new float[DIMENSION];
    Arrays.fill(gradient, (float) (norm / Math.sqrt(DIMENSION)));
    return gradient;
  }
}
