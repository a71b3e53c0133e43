package io.silenda.dp.train;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.engine.ClipCounts;
import io.silenda.dp.ledger.LedgerException;
import io.silenda.dp.mechanism.NoiseSource;
import io.silenda.dp.network.Weights;
import java.io.IOException;
import java.util.Optional;

/** One run, step by step. */
final class TrainingRun implements AutoCloseable {
  private final TrainingPlan plan;
  private final Rows rows;
  private final Randomness randomness;
  private final StepCharges charges;
  private final Batches batches;
  private final float[] weights;
  private final float[] averaged;
  private final float[] gradient;
  private final Updater updater;
  private final GradientStep gradientStep;
  private final ClipCounts counts = new ClipCounts();
  private final long first;
  private long step;
  private long mechanisms;

  TrainingRun(TrainingPlan plan, TrainingData data) {
    this.plan = plan;
    rows = new Rows(data, plan);
    TrainingState start = plan.start();
    first = start.step();
    step = first;
    mechanisms = start.mechanisms();
    weights = start.weights();
    averaged = start.averaged();
    gradient = new float[weights.length];
    updater = new Updater(plan.optimizer(), weights, start.optimizer());
    charges = new StepCharges(plan, step);
    batches = Batches.of(plan.sampling(), data.recordCount());
    gradientStep =
        plan.isPrivate()
            ? new PrivateStep(plan, rows, start.clippingNorm())
            : new PlainStep(plan, rows);
    randomness = new Randomness(plan.noise());
  }

  TrainedModel run() throws IOException, LedgerException {
    gradientStep.load(weights);
    boolean stopped = false;
    while (step < plan.steps() && !stopped) {
      boolean beginning = plan.beginsMechanism(step - first);
      if (beginning) {
        gradientStep.begin(plan.steps() - step);
      }
      charges.beforeStep(step);
      mechanisms += beginning ? 1 : 0;
      double norm = gradientStep.clippingNorm();
      step();
      Progress progress = new Progress(norm);
      plan.listener().afterStep(progress);
      stopped = progress.stopped;
    }
    return new TrainedModel(
        plan.network(),
        Weights.of(plan.network(), weights),
        averaged.length == 0 ? Optional.empty() : Optional.of(Weights.of(plan.network(), averaged)),
        plan.statement(),
        state());
  }

  private void step() {
    NoiseSource source = randomness.ofStep(step);
    rows.setStep(step);
    counts.clear();
    int[] records = batches.of(step, source);
    gradientStep.compute(records, source, gradient, counts);
    updater.update(gradient, plan.learningRate().at(step, plan.steps()), step);
    average();
    gradientStep.load(weights);
    step++;
  }

  private void average() {
    float decay = (float) plan.averagingDecay();
    for (int i = 0; i < averaged.length; i++) {
      averaged[i] = decay * averaged[i] + (1 - decay) * weights[i];
    }
  }

  private TrainingState state() {
    double norm = plan.isPrivate() ? gradientStep.clippingNorm() : plan.clipping().norm();
    return new TrainingState(step, weights, updater.moments(), averaged, norm, mechanisms);
  }

  @Override
  public void close() {
    gradientStep.close();
    randomness.close();
  }

  private final class Progress implements TrainingProgress {
    private final double norm;
    private boolean stopped;

    Progress(double norm) {
      this.norm = norm;
    }

    @Override
    public long step() {
      return step;
    }

    @Override
    public long steps() {
      return plan.steps();
    }

    @Override
    public double learningRate() {
      return plan.learningRate().at(step - 1, plan.steps());
    }

    @Override
    public double clippingNorm() {
      return norm;
    }

    @Override
    public double epsilon() {
      try {
        return plan.epsilonUntil(step);
      } catch (AccountingException e) {
        return plan.wholeEpsilon();
      }
    }

    @Override
    public double localLoss() {
      return counts.loss() / counts.examples();
    }

    @Override
    public int localBatchSize() {
      return counts.examples();
    }

    @Override
    public int localRejectedRecords() {
      return counts.rejected();
    }

    @Override
    public Weights weights() {
      return Weights.of(plan.network(), weights);
    }

    @Override
    public TrainingState state() {
      return TrainingRun.this.state();
    }

    @Override
    public void stop() {
      stopped = true;
    }
  }
}
