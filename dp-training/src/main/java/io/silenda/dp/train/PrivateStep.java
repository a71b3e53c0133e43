package io.silenda.dp.train;

import io.silenda.dp.engine.ClipCounts;
import io.silenda.dp.engine.ClipRule;
import io.silenda.dp.engine.GradientSum;
import io.silenda.dp.engine.NetworkEngine;
import io.silenda.dp.engine.Recursion;
import io.silenda.dp.mechanism.GaussianMechanism;
import io.silenda.dp.mechanism.GridAccumulator;
import io.silenda.dp.mechanism.NoiseSource;
import io.silenda.dp.train.Sampling.FixedOrder;
import java.util.Arrays;

/**
 * A step of DP-SGD or DP-FTRL. The sum goes to the grid part by part; its sensitivity is the
 * clipping norm and the bound on what rounding in the engine adds.
 */
final class PrivateStep implements GradientStep {
  private final TrainingPlan plan;
  private final Rows rows;
  private final NetworkEngine engine;
  private double clippingNorm;
  private ClipRule rule;
  private GridAccumulator sum;

  PrivateStep(TrainingPlan plan, Rows rows, double clippingNorm) {
    this.plan = plan;
    this.rows = rows;
    engine = NetworkEngine.of(plan.network().behindFeatures(), plan.capacity(), plan.views(), true);
    this.clippingNorm = clippingNorm;
    rule = rule();
    sum = independent();
    if (plan.sampling() instanceof FixedOrder) {
      // Releases nothing before its mechanism has begun.
      sum.close();
    }
  }

  private ClipRule rule() {
    if (plan.clipping() instanceof Clipping.PerLayer perLayer) {
      return ClipRule.perLayer(perLayer.norms().stream().mapToDouble(n -> n).toArray());
    }
    return ClipRule.flat(clippingNorm);
  }

  private double sensitivity() {
    return clippingNorm + engine.roundingSensitivity(rule);
  }

  private GridAccumulator independent() {
    return GaussianMechanism.ofParts(
            sensitivity(), plan.gradientNoiseMultiplier(), plan.network().parameterCount())
        .accumulator();
  }

  @Override
  public void begin(long steps) {
    if (plan.sampling() instanceof FixedOrder order) {
      sum.close();
      sum = plan.mechanism(order, sensitivity(), steps).begin();
    }
  }

  @Override
  public void compute(int[] records, NoiseSource source, float[] gradient, ClipCounts counts) {
    GradientSum parts = new Parts(sum);
    Recursion.split(
        records,
        plan.capacity(),
        (from, to) ->
            engine.addClipped(
                Arrays.copyOfRange(records, from, to),
                rows,
                plan.lossFunction(),
                rule,
                parts,
                counts));
    sum.release(source, 1 / plan.sampling().expectedBatchSize(), gradient);
    if (plan.clipping() instanceof Clipping.Adaptive adaptive) {
      adapt(adaptive, source, counts);
    }
  }

  /** One step towards the quantile, by a noisy share of unclipped records (arXiv 1905.03871). */
  private void adapt(Clipping.Adaptive adaptive, NoiseSource source, ClipCounts counts) {
    double centred = counts.unclipped() - 0.5 * counts.examples();
    double noisyCount =
        GaussianMechanism.of(0.5, TrainingPlan.countNoiseMultiplier(adaptive), 1)
            .release(new double[] {centred}, source)
            .values()[0];
    double share = 0.5 + noisyCount / plan.sampling().expectedBatchSize();
    double next = clippingNorm * Math.exp(-adaptive.rate() * (share - adaptive.quantile()));
    clippingNorm = Math.max(1e-4, Math.min(1e4, next));
    rule = rule();
    sum = independent();
  }

  @Override
  public void load(float[] weights) {
    engine.load(weights);
  }

  @Override
  public double clippingNorm() {
    return clippingNorm;
  }

  @Override
  public void close() {
    engine.close();
    sum.close();
  }

  private record Parts(GridAccumulator sum) implements GradientSum {
    @Override
    public void add(int at, float[] values, int count) {
      sum.add(at, values, count);
    }

    @Override
    public void add(int at, double[] values, int count) {
      sum.add(at, values, count);
    }
  }
}
