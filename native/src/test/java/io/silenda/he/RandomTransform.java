package io.silenda.he;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A random transform together with what it means in the clear. */
final class RandomTransform {
  final LinearTransform.Builder builder;
  private final HeFixture he;
  private final int level;
  private final double inputScale;
  private final Random random;
  private final List<int[]> steps = new ArrayList<>();
  private final List<double[]> diagonals = new ArrayList<>();
  private final List<Integer> folds = new ArrayList<>();
  private final double[] bias;
  final boolean rescale;

  RandomTransform(HeFixture he, int level, double inputScale, double plaintextScale, long seed) {
    this.he = he;
    this.level = level;
    this.inputScale = inputScale;
    builder = LinearTransform.builder(he.context, level, inputScale, plaintextScale);
    random = new Random(seed);
    int babies = 1 + random.nextInt(5);
    for (int giant = 0; giant < 1 + random.nextInt(3); giant++) {
      for (int baby = 0; baby < babies; baby++) {
        addDiagonal((giant - 1) * babies, baby * (1 + random.nextInt(2)));
      }
    }
    for (int fold = 0; fold < random.nextInt(3); fold++) {
      int step = 1 << (4 + random.nextInt(8));
      folds.add(step);
      builder.fold(step);
    }
    rescale = random.nextBoolean();
    bias = random.nextBoolean() ? HeFixture.randomValues(random, he.slots() / 2) : new double[0];
    builder.rescale(rescale).bias(bias);
  }

  private void addDiagonal(int giant, int baby) {
    double[] values = new double[random.nextBoolean() ? he.slots() : he.slots() / 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 2 - 1;
    }
    steps.add(new int[] {giant, baby});
    diagonals.add(values);
    builder.diagonal(giant, baby, values);
  }

  /** Each diagonal brings a key switch of its own, and each fold doubles what was there. */
  double errorBound() {
    return diagonals.size() * (1 << folds.size()) * he.keySwitchBound(level, inputScale);
  }

  double[] inTheClear(double[] x) {
    double[] u = new double[x.length];
    for (int d = 0; d < steps.size(); d++) {
      double[] values = diagonals.get(d);
      int shift = steps.get(d)[0] + steps.get(d)[1];
      for (int s = 0; s < values.length; s++) {
        u[s] += values[s] * x[Math.floorMod(s + shift, x.length)];
      }
    }
    for (int fold : folds) {
      double[] before = u.clone();
      Arrays.setAll(u, s -> before[s] + before[(s + fold) % before.length]);
    }
    for (int s = 0; s < bias.length; s++) {
      u[s] += bias[s];
    }
    return u;
  }
}
