package io.silenda.bench.training;

import io.silenda.bench.measure.SampleSet;
import io.silenda.bench.measure.Samples;
import io.silenda.dp.train.Clipping;
import io.silenda.dp.train.DpTrainer;
import io.silenda.dp.train.LearningRate;
import io.silenda.dp.train.Loss;
import io.silenda.dp.train.Optimizer;
import io.silenda.dp.train.PrivacyTarget;
import io.silenda.dp.train.Sampling;
import io.silenda.dp.train.TrainingListener;
import io.silenda.dp.train.TrainingProgress;
import io.silenda.infer.Progress;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Measures steps with and without privacy in turns, by thread processor time: Poisson sampling from
 * 60,000 records, gradients, clipping, noise, update. One thread.
 */
final class StepBench {
  private static final int RECORDS = 60_000;
  private static final int BATCH = 256;
  private static final PrivacyTarget NOISE = new PrivacyTarget.NoiseMultiplier(1.1, 1e-5);
  private static final PrivacyTarget NONE = new PrivacyTarget.InsecureNone();
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final SyntheticDigits data = new SyntheticDigits(RECORDS);
  private final int rounds;
  private final int stepsPerRound;

  StepBench(int rounds, int stepsPerRound) {
    this.rounds = rounds;
    this.stepsPerRound = stepsPerRound;
  }

  static StepBench of(boolean quick) {
    return quick ? new StepBench(5, 10) : new StepBench(15, 30);
  }

  List<StepCost> run(Progress progress) throws Exception {
    List<StepNetwork> networks = List.of(StepNetwork.values());
    int total = networks.size() * rounds;
    List<StepCost> costs = new ArrayList<>();
    for (StepNetwork network : networks) {
      int before = costs.size() * rounds;
      costs.add(measure(network, done -> progress.update("steps", before + done, total)));
    }
    return costs;
  }

  private StepCost measure(StepNetwork network, IntConsumer progress) throws Exception {
    List<Double> plain = new ArrayList<>();
    List<Double> noised = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    // One round to warm up.
    for (int round = -1; round < rounds; round++) {
      double without = nanosPerSample(network, NONE);
      double with = nanosPerSample(network, NOISE);
      if (round >= 0) {
        plain.add(without);
        noised.add(with);
        ratios.add(without / with);
      }
      progress.accept(round + 1);
    }
    SampleSet ratio = SampleSet.of(new Samples(ratios));
    return new StepCost(
        "step",
        Map.of("network", network.name().toLowerCase(Locale.ROOT), "batch", String.valueOf(BATCH)),
        SampleSet.of(new Samples(plain)),
        SampleSet.of(new Samples(noised)),
        ratio,
        ratio.noisy());
  }

  private double nanosPerSample(StepNetwork network, PrivacyTarget privacy) throws Exception {
    Stopwatch stopwatch = new Stopwatch();
    DpTrainer.builder(network.network(), Loss.CROSS_ENTROPY)
        .sampling(new Sampling.Poisson((double) BATCH / RECORDS, BATCH))
        .steps(stepsPerRound + 1)
        .clipping(new Clipping.Flat(1))
        .privacy(privacy)
        .optimizer(new Optimizer.Sgd())
        .learningRate(new LearningRate.Constant(0.05))
        .listener(stopwatch)
        .build()
        .train(data);
    return (double) (stopwatch.last - stopwatch.first) / stopwatch.samples;
  }

  /** Counts from the end of the first step on. */
  private static final class Stopwatch implements TrainingListener {
    private long first = -1;
    private long last;
    private long samples;

    @Override
    public void afterStep(TrainingProgress progress) {
      last = THREADS.getCurrentThreadCpuTime();
      if (first < 0) {
        first = last;
      } else {
        samples += progress.localBatchSize();
      }
    }
  }
}
