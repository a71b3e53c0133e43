package io.silenda.bench.training;

import io.silenda.bench.machine.Machine;
import io.silenda.bench.measure.SampleSet;
import io.silenda.bench.measure.Samples;
import io.silenda.bench.overhead.LeftOut;
import io.silenda.bench.peers.PeerBench;
import io.silenda.bench.peers.PeerEntry;
import io.silenda.bench.peers.PeerFolders;
import io.silenda.bench.report.BenchFormat;
import io.silenda.dp.network.ActivationFunction;
import io.silenda.dp.network.LayerSpec.Activation;
import io.silenda.dp.network.LayerSpec.Dense;
import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.network.TensorShape;
import io.silenda.dp.train.DpTrainer;
import io.silenda.dp.train.LearningRate;
import io.silenda.dp.train.Loss;
import io.silenda.dp.train.Optimizer;
import io.silenda.dp.train.Predictor;
import io.silenda.dp.train.PrivacyTarget;
import io.silenda.dp.train.Sampling;
import io.silenda.dp.train.TrainedModel;
import io.silenda.infer.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Trains the same network with and without privacy, in turns, on records with planted classes. */
public final class TrainingBench {
  private static final int RECORDS = 8192;
  private static final int FRESH_RECORDS = 2048;
  private static final double BATCH = 256;
  private static final int STEPS = 200;
  private static final NetworkSpec NETWORK =
      NetworkSpec.of(
          TensorShape.of(PlantedClasses.FEATURES),
          new Dense(32),
          new Activation(ActivationFunction.RELU),
          new Dense(PlantedClasses.CLASSES));

  private final boolean quick;
  private final PeerFolders peers;
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final PlantedClasses records = new PlantedClasses(RECORDS, 2);
  private final PlantedClasses fresh = new PlantedClasses(FRESH_RECORDS, 3);

  /**
   * @param quick few rounds and values of epsilon
   * @param peers where other libraries are run from
   */
  public TrainingBench(boolean quick, PeerFolders peers) {
    this.quick = quick;
    this.peers = peers;
  }

  /** What one case gave, round by round. */
  private record Series(TrainingCase of, List<Double> nanos, List<Double> accuracies) {
    Series(TrainingCase of) {
      this(of, new ArrayList<>(), new ArrayList<>());
    }
  }

  /** What scripts of other libraries are told. */
  private record PeerTask(boolean quick) {}

  /**
   * Trains.
   *
   * @throws Exception if a case cannot be accounted
   */
  public TrainingCosts run(Progress progress) throws Exception {
    Instant taken = Instant.now();
    List<Series> all = TrainingCase.all(quick).stream().map(Series::new).toList();
    train(all.get(0).of(), 0);
    int rounds = quick ? 3 : 9;
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < all.size(); i++) {
        progress.update("training", round * all.size() + i, rounds * all.size());
        measure(all.get((i + round) % all.size()), round);
      }
    }
    progress.update("training", rounds * all.size(), rounds * all.size());
    List<TrainingCost> costs = new ArrayList<>();
    for (Series series : all) {
      costs.add(cost(series, all.get(0)));
    }
    List<StepCost> steps = StepBench.of(quick).run(progress);
    List<PeerEntry> others =
        new PeerBench(peers, quick, leftOut::add)
            .run(List.of("training", "accounting"), new PeerTask(quick), progress);
    return new TrainingCosts(
        BenchFormat.SCHEMA,
        BenchFormat.VERSION,
        "training",
        taken.toString(),
        quick,
        Machine.current(),
        costs,
        steps,
        others,
        leftOut);
  }

  private void measure(Series series, int round) throws Exception {
    long start = System.nanoTime();
    TrainedModel model = train(series.of(), round);
    series.nanos().add((double) (System.nanoTime() - start));
    try (Predictor predictor = new Predictor(NETWORK, model.best())) {
      series.accuracies().add(predictor.accuracy(fresh));
    }
  }

  private TrainedModel train(TrainingCase one, int seed) throws Exception {
    return trainer(one, seed).train(records);
  }

  private static DpTrainer trainer(TrainingCase one, int seed) throws Exception {
    return DpTrainer.builder(NETWORK, Loss.CROSS_ENTROPY)
        .sampling(new Sampling.Poisson(BATCH / RECORDS, BATCH))
        .steps(STEPS)
        .clipping(one.clipping())
        .privacy(one.target())
        .optimizer(new Optimizer.Momentum(0.9))
        .learningRate(new LearningRate.Constant(0.1))
        .seed(seed)
        .build();
  }

  private static TrainingCost cost(Series series, Series baseline) throws Exception {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < series.nanos().size(); round++) {
      ratios.add(baseline.nanos().get(round) / series.nanos().get(round));
    }
    SampleSet nanos = SampleSet.of(new Samples(series.nanos()));
    SampleSet ratio = SampleSet.of(new Samples(ratios));
    TrainingCase one = series.of();
    boolean isPrivate = !(one.target() instanceof PrivacyTarget.InsecureNone);
    DpTrainer trainer = trainer(one, 0);
    return new TrainingCost(
        "training",
        Map.of("privacy", one.privacy(), "clipping", one.clippingName()),
        isPrivate ? trainer.epsilon(STEPS) : -1,
        one.target().delta(),
        isPrivate ? trainer.noiseMultiplier() : 0,
        SampleSet.of(new Samples(series.accuracies())),
        nanos,
        STEPS * BATCH / (nanos.median() * 1e-9),
        ratio,
        ratio.noisy());
  }
}
