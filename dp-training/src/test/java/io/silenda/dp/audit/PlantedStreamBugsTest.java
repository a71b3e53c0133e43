package io.silenda.dp.audit;

import static io.silenda.dp.audit.StreamUnderTest.BANDS;
import static io.silenda.dp.audit.StreamUnderTest.DIMENSION;
import static io.silenda.dp.audit.StreamUnderTest.SEPARATION;
import static io.silenda.dp.audit.StreamUnderTest.STEPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.dp.accounting.Adjacency;
import io.silenda.dp.accounting.PrivacyEvent;
import io.silenda.dp.audit.PlantedStream.Bug;
import io.silenda.dp.ledger.PrivacyLedger;
import io.silenda.dp.ledger.TestLedgers;
import io.silenda.dp.network.LayerSpec.Dense;
import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.network.TensorShape;
import io.silenda.dp.train.Clipping;
import io.silenda.dp.train.DpTrainer;
import io.silenda.dp.train.Factorisation;
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

/** The checks that the real trainer passes with correlated noise find every planted bug. */
class PlantedStreamBugsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(value = Bug.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void everyPlantedBugIsFound(Bug bug) throws Exception {
    assertThat(new StreamConformance(new PlantedStream(bug)).findings()).isNotEmpty();
  }

  @Test
  void theSameTrainerWithoutOneIsLeftAlone() throws Exception {
    assertThat(new StreamConformance(new PlantedStream(Bug.NONE)).findings()).isEmpty();
  }

  @Test
  void theRealTrainerIsLeftAlone() throws Exception {
    assertThat(new StreamConformance(this::train).findings()).isEmpty();
  }

  /**
   * One output of a linear layer, half squared error, a target so far away that the clipped
   * gradient is the input's direction whatever the weights are.
   */
  private StreamUnderTest.Run train(List<float[]> gradients, long seed) throws Exception {
    NetworkSpec network = NetworkSpec.of(TensorShape.of(DIMENSION), new Dense(1, false));
    float[] zeros = new float[network.parameterCount()];
    List<float[]> weights = new ArrayList<>(List.of(zeros));
    PrivacyLedger ledger =
        TestLedgers.open(
            folder.resolve("ledger-" + System.nanoTime()), 5000, Adjacency.REPLACE_SPECIAL);
    DpTrainer.builder(network, Loss.SQUARED_ERROR)
        .sampling(
            new Sampling.FixedOrder(1, SEPARATION, new Factorisation.BandedToeplitz(BANDS), STEPS))
        .adjacency(Adjacency.REPLACE_SPECIAL)
        .steps(STEPS)
        .clipping(new Clipping.Flat(1))
        .privacy(new PrivacyTarget.NoiseMultiplier(1, 1e-5))
        .optimizer(new Optimizer.Sgd())
        .learningRate(new LearningRate.Constant(1))
        .noise(new NoisePolicy.InsecureTestSeed(seed))
        .resume(new TrainingState(0, zeros, List.of(), new float[0], 1))
        .ledger(ledger, "job")
        .listener(progress -> weights.add(progress.weights().values()))
        .build()
        .train(new GradientRecords(gradients, -1e9f));
    List<float[]> releases = GradientRecords.releases(weights, DIMENSION);
    long charged =
        ledger.events().stream().filter(PrivacyEvent.MatrixMechanism.class::isInstance).count();
    return new StreamUnderTest.Run(releases, charged);
  }
}
