package io.silenda.dp.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.dp.accounting.Adjacency;
import io.silenda.dp.accounting.PrivacyEvent.Repeated;
import io.silenda.dp.audit.PlantedTrainer.Bug;
import io.silenda.dp.ledger.PrivacyLedger;
import io.silenda.dp.ledger.TestLedgers;
import io.silenda.dp.network.LayerSpec.Dense;
import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.network.TensorShape;
import io.silenda.dp.train.Clipping;
import io.silenda.dp.train.DpTrainer;
import io.silenda.dp.train.LearningRate;
import io.silenda.dp.train.Loss;
import io.silenda.dp.train.NoisePolicy;
import io.silenda.dp.train.Optimizer;
import io.silenda.dp.train.PrivacyTarget;
import io.silenda.dp.train.Sampling;
import io.silenda.dp.train.TrainingState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checks that the real trainer passes find every planted bug. */
class PlantedBugsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(value = Bug.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void everyPlantedBugIsFound(Bug bug) throws Exception {
    assertThat(new Conformance(new PlantedTrainer(bug)).findings()).isNotEmpty();
  }

  @Test
  void theSameTrainerWithoutOneIsLeftAlone() throws Exception {
    assertThat(new Conformance(new PlantedTrainer(Bug.NONE)).findings()).isEmpty();
  }

  @Test
  void theRealTrainerIsLeftAlone() throws Exception {
    assertThat(new Conformance(this::train).findings()).isEmpty();
  }

  /** One output of a linear layer, half squared error, target -1: the gradient is the input. */
  private TrainerUnderTest.Run train(List<float[]> gradients, double rate, int steps, long seed)
      throws Exception {
    NetworkSpec network = NetworkSpec.of(TensorShape.of(TrainerUnderTest.DIMENSION), new Dense(1));
    float[] zeros = new float[network.parameterCount()];
    List<float[]> weights = new ArrayList<>(List.of(zeros));
    List<Integer> sizes = new ArrayList<>();
    PrivacyLedger ledger =
        TestLedgers.open(folder.resolve("ledger-" + System.nanoTime()), 5000, Adjacency.ADD_REMOVE);
    DpTrainer.builder(network, Loss.SQUARED_ERROR)
        .sampling(new Sampling.Poisson(rate, 1))
        .steps(steps)
        .clipping(new Clipping.Flat(1))
        .privacy(new PrivacyTarget.NoiseMultiplier(1, 1e-5))
        .optimizer(new Optimizer.Sgd())
        .learningRate(new LearningRate.Constant(1))
        .noise(new NoisePolicy.InsecureTestSeed(seed))
        .resume(new TrainingState(0, zeros, List.of(), new float[0], 1))
        .ledger(ledger, "job", 1)
        .listener(
            progress -> {
              weights.add(progress.weights().values());
              sizes.add(progress.localBatchSize());
            })
        .build()
        .train(new GradientRecords(gradients, -1));
    List<float[]> releases = GradientRecords.releases(weights, TrainerUnderTest.DIMENSION);
    long charged = ledger.events().stream().mapToLong(PlantedBugsTest::count).sum();
    return new TrainerUnderTest.Run(releases, sizes, charged);
  }

  private static long count(Object event) {
    return event instanceof Repeated repeated ? repeated.count() : 1;
  }
}
