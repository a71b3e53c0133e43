package io.silenda.dp.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Looks from outside at what a trainer promises. Statistical checks have a false-alarm rate below
 * 10^-6: the deviation of 400 samples is five of its own deviations from its limits, the variance
 * of 60 batch sizes is a quarter of what it should be once in 10^9 times.
 */
final class Conformance {
  private static final long SEED = 77;

  private final TrainerUnderTest trainer;

  Conformance(TrainerUnderTest trainer) {
    this.trainer = trainer;
  }

  /** What is wrong, in words; empty where nothing is. */
  List<String> findings() throws Exception {
    List<String> found = new ArrayList<>();
    note(found, noiseIsOff(), "noise of another size than claimed");
    note(found, noiseIsReused(), "noise used twice");
    note(found, sensitivity() > 1.05, "one record moves the sum by more than the clipping norm");
    note(found, divisorIsOff(), "divided by something else than the public batch size");
    note(found, samplingIsOff(), "batches are not Poisson samples");
    note(found, trainer.run(List.of(), 1, 3, SEED).charged() != 3, "steps that nobody paid for");
    return found;
  }

  private static void note(List<String> found, boolean wrong, String what) {
    if (wrong) {
      found.add(what);
    }
  }

  private float[] release(List<float[]> gradients) throws Exception {
    return trainer.run(gradients, 1, 1, SEED).releases().get(0);
  }

  private boolean noiseIsOff() throws Exception {
    double squares = 0;
    float[] noise = release(List.of());
    for (float each : noise) {
      squares += (double) each * each;
    }
    double deviation = Math.sqrt(squares / noise.length);
    return deviation < 0.8 || deviation > 1.2;
  }

  private boolean noiseIsReused() throws Exception {
    List<float[]> releases = trainer.run(List.of(), 1, 2, SEED).releases();
    int equal = 0;
    for (int i = 0; i < releases.get(0).length; i++) {
      equal += Math.abs(releases.get(0)[i] - releases.get(1)[i]) < 1e-4 ? 1 : 0;
    }
    return equal > releases.get(0).length / 2;
  }

  /** The noise is the same for the same seed: what differs is the sum. */
  private double sensitivity() throws Exception {
    float[] record = gradient(1000);
    double alone = distance(release(List.of()), release(List.of(record)));
    double beside =
        distance(release(List.of(record)), release(List.of(record, gradient(-1_000_000))));
    return Math.max(alone, beside);
  }

  private boolean divisorIsOff() throws Exception {
    double moved = distance(release(List.of()), release(Collections.nCopies(30, gradient(1000))));
    return moved < 28.5 || moved > 31.5;
  }

  /** 100 records at rate 0.3: batch sizes have mean 30 and variance 21. */
  private boolean samplingIsOff() throws Exception {
    int steps = 60;
    List<Integer> sizes =
        trainer.run(Collections.nCopies(100, gradient(1000)), 0.3, steps, SEED).batchSizes();
    double mean = sizes.stream().mapToInt(size -> size).average().orElse(0);
    double squares =
        sizes.stream().mapToDouble(size -> (size - mean) * (size - mean)).sum() / (steps - 1);
    return squares < 5 || squares > 60 || mean < 25 || mean > 35;
  }

  /** Spread over all coordinates, so that every layer has a part of it. */
  private static float[] gradient(double norm) {
    float[] gradient = new float[TrainerUnderTest.DIMENSION];
    Arrays.fill(gradient, (float) (norm / Math.sqrt(gradient.length)));
    return gradient;
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
