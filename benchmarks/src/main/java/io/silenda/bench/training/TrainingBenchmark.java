package io.silenda.bench.training;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.ledger.LedgerException;
import io.silenda.dp.train.Clipping;
import io.silenda.dp.train.DpTrainer;
import io.silenda.dp.train.LearningRate;
import io.silenda.dp.train.Loss;
import io.silenda.dp.train.Optimizer;
import io.silenda.dp.train.PrivacyTarget;
import io.silenda.dp.train.Sampling;
import io.silenda.dp.train.TrainingListener;
import io.silenda.dp.train.TrainingProgress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;

/**
 * Measures steps with and without privacy in turns, by thread CPU time: Poisson sampling from 60,000
 * records, gradients, clipping, noise, update. One thread.
 */
public final class TrainingBenchmark {
  private static final int RECORDS = 60_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final SyntheticDigits data = new SyntheticDigits(RECORDS);
  private final int rounds;
  private final int stepsPerRound;

  /** Takes the median of {@code rounds} rounds of {@code stepsPerRound} steps each. */
  public TrainingBenchmark(int rounds, int stepsPerRound) {
    this.rounds = rounds;
    this.stepsPerRound = stepsPerRound;
  }

  /**
   * Prints a line for each case.
   *
   * @param args batch size (256), rounds (9), steps of a round (30)
   */
  public static void main(String[] args)
      throws AccountingException, IOException, LedgerException {
    int batch = args.length > 0 ? Integer.parseInt(args[0]) : 256;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 9;
    int steps = args.length > 2 ? Integer.parseInt(args[2]) : 30;
    TrainingBenchmark benchmark = new TrainingBenchmark(rounds, steps);
    for (TrainingCase one : TrainingCase.values()) {
      TrainingMeasurement result = benchmark.measure(one, batch);
      System.out.printf(
          Locale.ROOT,
          "%-9s batch %d: plain %.0f samples/s, private %.0f samples/s, overhead %.2f%n",
          result.name(),
          batch,
          result.plain(),
          result.priv(),
          result.overhead());
    }
  }

  /** Measures one case. */
  public TrainingMeasurement measure(TrainingCase one, int batch)
      throws AccountingException, IOException, LedgerException {
    PrivacyTarget noise = new PrivacyTarget.NoiseMultiplier(1.1, 1e-5);
    PrivacyTarget none = new PrivacyTarget.InsecureNone();
    double[] plain = new double[rounds];
    double[] priv = new double[rounds];
    double[] ratios = new double[rounds];
    // One round to warm up.
    for (int i = -1; i < rounds; i++) {
      double before = secondsPerSample(one, batch, none);
      double with = secondsPerSample(one, batch, noise);
      if (i >= 0) {
        plain[i] = 1 / before;
        priv[i] = 1 / with;
        ratios[i] = with / before;
      }
    }
    return new TrainingMeasurement(one, batch, median(plain), median(priv), median(ratios));
  }

  private double secondsPerSample(TrainingCase one, int batch, PrivacyTarget privacy)
      throws AccountingException, IOException, LedgerException {
    Stopwatch stopwatch = new Stopwatch();
    DpTrainer.builder(one.network(), Loss.CROSS_ENTROPY)
        .sampling(new Sampling.Poisson((double) batch / RECORDS, batch))
        .steps(stepsPerRound + 1)
        .clipping(new Clipping.Flat(1))
        .privacy(privacy)
        .optimizer(new Optimizer.Sgd())
        .learningRate(new LearningRate.Constant(0.05))
        .listener(stopwatch)
        .build()
        .train(data);
    return (stopwatch.last - stopwatch.first) * 1e-9 / stopwatch.samples;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
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
