package io.silenda.dp.train;

import io.silenda.dp.engine.ClipCounts;
import io.silenda.dp.engine.GradientSum;
import io.silenda.dp.engine.NetworkEngine;
import io.silenda.dp.engine.Recursion;
import io.silenda.dp.mechanism.NoiseSource;
import java.util.Arrays;

/** A step without privacy. */
final class PlainStep implements GradientStep {
  private final TrainingPlan plan;
  private final Rows rows;
  private final NetworkEngine engine;

  PlainStep(TrainingPlan plan, Rows rows) {
    this.plan = plan;
    this.rows = rows;
    engine =
        NetworkEngine.of(plan.network().behindFeatures(), plan.capacity(), plan.views(), false);
  }

  @Override
  public void compute(int[] records, NoiseSource source, float[] gradient, ClipCounts counts) {
    Arrays.fill(gradient, 0);
    GradientSum sum = new Sum(gradient);
    Recursion.split(
        records,
        plan.capacity(),
        (from, to) ->
            engine.addUnclipped(
                Arrays.copyOfRange(records, from, to), rows, plan.lossFunction(), sum, counts));
    float share = (float) (1 / plan.sampling().expectedBatchSize());
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= share;
    }
  }

  @Override
  public void load(float[] weights) {
    engine.load(weights);
  }

  @Override
  public double clippingNorm() {
    return Double.POSITIVE_INFINITY;
  }

  @Override
  public void close() {
    engine.close();
  }

  private record Sum(float[] total) implements GradientSum {
    @Override
    public void add(int at, float[] values, int count) {
      for (int i = 0; i < count; i++) {
        total[at + i] += values[i];
      }
    }

    @Override
    public void add(int at, double[] values, int count) {
      for (int i = 0; i < count; i++) {
        total[at + i] += (float) values[i];
      }
    }
  }
}
