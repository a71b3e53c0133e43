package io.silenda.bench.accuracy;

import io.silenda.bench.report.BenchFormat;
import io.silenda.bench.training.StepNetwork;
import io.silenda.dp.network.LayerSpec.Dense;
import io.silenda.dp.network.LayerSpec.Flatten;
import io.silenda.dp.network.LayerSpec.Scattering;
import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.network.TensorShape;
import io.silenda.dp.train.Clipping;
import io.silenda.dp.train.DpTrainer;
import io.silenda.dp.train.FixedFeatures;
import io.silenda.dp.train.LearningRate;
import io.silenda.dp.train.Loss;
import io.silenda.dp.train.Optimizer;
import io.silenda.dp.train.Predictor;
import io.silenda.dp.train.PrivacyTarget;
import io.silenda.dp.train.Sampling;
import io.silenda.dp.train.TrainedModel;
import io.silenda.dp.train.TrainingData;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/** Trains each case of a plan with some seeds, and prints a line of JSON for each. */
public final class AccuracyBench {
  private static final NetworkSpec SCATTERING =
      NetworkSpec.of(
          TensorShape.of(1, 28, 28), new Scattering(2, 8, 27), new Flatten(), new Dense(10));

  private final AccuracyPlan plan;
  private final Digits digits;

  private AccuracyBench(AccuracyPlan plan, Digits digits) {
    this.plan = plan;
    this.digits = digits;
  }

  /**
   * Prints a line of JSON for each case and seed.
   *
   * @param args folder of {@code digits.idx} and {@code labels.idx}, plan, first seed, last seed
   */
  public static void main(String[] args) throws Exception {
    AccuracyPlan plan = AccuracyPlan.read(Path.of(args[1]));
    AccuracyBench bench = new AccuracyBench(plan, Digits.read(Path.of(args[0]), plan.trainRows()));
    int last = Integer.parseInt(args[3]);
    try (FixedFeatures train = new FixedFeatures(SCATTERING, bench.digits.train());
        FixedFeatures test = new FixedFeatures(SCATTERING, bench.digits.test())) {
      for (int seed = Integer.parseInt(args[2]); seed <= last; seed++) {
        for (AccuracyCase each : plan.cases()) {
          System.out.println(BenchFormat.line(bench.run(each, seed, train, test)));
        }
      }
    }
  }

  private AccuracyResult run(AccuracyCase one, int seed, TrainingData train, TrainingData test)
      throws Exception {
    NetworkSpec network =
        switch (one.network()) {
          case "cnn" -> StepNetwork.CNN.network();
          case "scattering" -> SCATTERING;
          default -> throw new IllegalArgumentException("no network " + one.network());
        };
    long start = processorNanos();
    DpTrainer trainer = trainer(network, one, seed);
    TrainedModel model = trainer.train(train);
    try (Predictor predictor = new Predictor(network, model.best())) {
      return new AccuracyResult(
          "Silenda",
          one.network(),
          one.epsilon(),
          seed,
          trainer.noiseMultiplier(),
          predictor.accuracy(test),
          (processorNanos() - start) * 1e-9);
    }
  }

  private DpTrainer trainer(NetworkSpec network, AccuracyCase one, int seed) throws Exception {
    double rate = one.batch() / plan.trainRows();
    return DpTrainer.builder(network, Loss.CROSS_ENTROPY)
        .sampling(new Sampling.Poisson(rate, one.batch()))
        .steps((long) Math.ceil(one.epochs() / rate))
        .clipping(new Clipping.Flat(one.clip()))
        .privacy(new PrivacyTarget.Epsilon(one.epsilon(), plan.delta()))
        .optimizer(new Optimizer.Momentum(one.momentum()))
        .learningRate(new LearningRate.Constant(one.learningRate()))
        .seed(seed)
        .build();
  }

  private static long processorNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
