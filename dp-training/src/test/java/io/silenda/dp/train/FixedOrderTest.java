package io.silenda.dp.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.accounting.Adjacency;
import io.silenda.dp.accounting.AnalyticGaussian;
import io.silenda.dp.accounting.PrivacyEvent;
import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import io.silenda.dp.accounting.PrivacyEvent.MatrixMechanism;
import io.silenda.dp.accounting.PrivacyEvent.TreeAggregation;
import io.silenda.dp.ledger.LedgerException;
import io.silenda.dp.ledger.PrivacyLedger;
import io.silenda.dp.ledger.TestLedgers;
import io.silenda.dp.mechanism.NoiseSource;
import io.silenda.dp.train.Factorisation.BandedToeplitz;
import io.silenda.dp.train.Factorisation.BinaryTree;
import io.silenda.dp.train.Sampling.FixedOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training by DP-FTRL. */
class FixedOrderTest {
  private static final Blobs DATA = new Blobs(600, 8, 3);

  @TempDir private Path folder;

  private static DpTrainerBuilder settings(long steps, Factorisation factorisation, int whole) {
    return DpTrainerTest.settings(steps)
        .sampling(new FixedOrder(60, 10, factorisation, whole))
        .adjacency(Adjacency.REPLACE_SPECIAL);
  }

  private static double accuracy(TrainedModel model) {
    try (Predictor predictor = new Predictor(model.network(), model.best())) {
      return predictor.accuracy(DATA);
    }
  }

  @Test
  void everyEpochHasEveryRecordOnceInOrder() {
    try (NoiseSource source = NoiseSource.secure()) {
      Batches batches = Batches.of(new FixedOrder(60, 11, new BinaryTree(), 5), 601);
      List<Integer> seen = new ArrayList<>();
      for (long step = 22; step < 33; step++) {
        for (int record : batches.of(step, source)) {
          seen.add(record);
        }
      }
      assertThat(seen).hasSize(601).isSorted().doesNotHaveDuplicates();
      assertThat(batches.of(10, source)).containsExactly(600);
      assertThat(Batches.of(new FixedOrder(60, 11, new BinaryTree(), 5), 600).of(10, source))
          .isEmpty();
    }
  }

  @Test
  void learnsByBandsAndByTrees() throws Exception {
    for (Factorisation factorisation : List.of(new BandedToeplitz(10), new BinaryTree())) {
      TrainedModel model = settings(60, factorisation, 60).build().train(DATA);
      assertThat(accuracy(model)).as("%s", factorisation).isGreaterThan(0.9);
    }
  }

  /** The same normal mechanism, whatever its steps: epsilon is that of one release. */
  @Test
  void epsilonIsThatOfTheSamplersOwnEvent() throws Exception {
    DpTrainer banded = settings(60, new BandedToeplitz(8), 60).build();
    assertThat(banded.event(60)).isEqualTo(new MatrixMechanism(new Gaussian(1)));
    assertThat(banded.train(DATA).privacy().epsilon())
        .isEqualTo(banded.epsilon(60))
        .isBetween(AnalyticGaussian.epsilon(1, 1e-5), AnalyticGaussian.epsilon(1, 1e-5) * 1.001);
    DpTrainer four = settings(60, new BandedToeplitz(8), 15).build();
    assertThat(four.event(60)).isEqualTo(new MatrixMechanism(new Gaussian(1)).times(4));
    assertThat(four.epsilon(60)).isGreaterThanOrEqualTo(AnalyticGaussian.epsilon(0.5, 1e-5));
    DpTrainer trees = settings(60, new BinaryTree(), 60).build();
    assertThat(trees.event(60)).isEqualTo(new TreeAggregation(new Gaussian(1), 10).times(6));
  }

  @Test
  void replacingCostsTwiceTheSensitivity() throws Exception {
    DpTrainerBuilder replaced =
        settings(60, new BandedToeplitz(8), 60).adjacency(Adjacency.REPLACE_ONE);
    assertThat(replaced.build().epsilon(60))
        .isGreaterThanOrEqualTo(AnalyticGaussian.epsilon(0.5, 1e-5));
  }

  @Test
  void aTargetIsReachedWithTheLeastNoise() throws Exception {
    DpTrainer trainer =
        settings(60, new BandedToeplitz(8), 20).privacy(new PrivacyTarget.Epsilon(2, 1e-5)).build();
    assertThat(trainer.epsilon(60)).isBetween(1.99, 2.0);
  }

  @Test
  void whatHasNoMeaningIsRefused() {
    assertThatThrownBy(
            () -> settings(60, new BandedToeplitz(8), 60).adjacency(Adjacency.ADD_REMOVE).build())
        .isInstanceOf(AccountingException.class);
    assertThatThrownBy(
            () ->
                settings(60, new BandedToeplitz(8), 60)
                    .clipping(new Clipping.Adaptive(1, 0.5, 0.2, 5))
                    .build())
        .hasMessageContaining("clipping must have a fixed norm");
    assertThatThrownBy(() -> new FixedOrder(60, 7, new BandedToeplitz(8), 60))
        .hasMessageContaining("bands 8.0 is not from 1.0 to 7.0");
    assertThatThrownBy(
            () ->
                settings(60, new BandedToeplitz(8), 60)
                    .resume(new TrainingState(5, new float[147], List.of(), new float[0], 1))
                    .build())
        .hasMessageContaining("state is not of a run with these settings");
  }

  /** No place in the order: never silently left out, and nothing is spent. */
  @Test
  void recordsWithoutAPlaceAreRefused() throws Exception {
    PrivacyLedger ledger = ledger("places");
    DpTrainer trainer = settings(10, new BandedToeplitz(8), 10).ledger(ledger, "job").build();
    assertThatThrownBy(() -> trainer.train(new Blobs(601, 8, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("recordCount 601 is not from 0 to 600");
    assertThat(ledger.events()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20})
  void everyMechanismIsChargedBeforeItsFirstStep(int entry) throws Exception {
    PrivacyLedger ledger = ledger("charged");
    DpTrainer trainer =
        settings(45, new BandedToeplitz(8), 10)
            .ledger(ledger, "job", entry)
            .listener(Crash.after(21))
            .build();
    assertThatThrownBy(() -> trainer.train(DATA)).hasMessage("crash");
    PrivacyEvent once = trainer.event(entry);
    assertThat(ledger.events())
        .containsExactlyElementsOf(Collections.nCopies(20 / entry + 1, once));
    assertThatThrownBy(
            () -> settings(45, new BandedToeplitz(8), 10).ledger(ledger, "job", 15).build())
        .hasMessageContaining("stepsPerEntry 15 is not a multiple of 10");
  }

  @Test
  void anOverspentBudgetStopsTheRunBeforeAnythingIsSpent() throws Exception {
    PrivacyLedger ledger = TestLedgers.open(folder.resolve("small"), 1, Adjacency.REPLACE_SPECIAL);
    DpTrainer trainer = settings(50, new BandedToeplitz(8), 25).ledger(ledger, "job").build();
    assertThatThrownBy(() -> trainer.train(DATA)).isInstanceOf(LedgerException.class);
    assertThat(ledger.events()).isEmpty();
  }

  /** Between mechanisms no noise is owed: with a test seed the model is the same. */
  @Test
  void aRunResumedBetweenMechanismsGivesTheSameModel() throws Exception {
    for (Factorisation factorisation : List.of(new BandedToeplitz(8), new BinaryTree())) {
      List<TrainingState> states = new ArrayList<>();
      TrainedModel whole =
          settings(30, factorisation, 10)
              .listener(progress -> states.add(progress.state()))
              .build()
              .train(DATA);
      TrainedModel resumed =
          settings(30, factorisation, 10).resume(states.get(9)).build().train(DATA);
      assertThat(resumed.weights()).isEqualTo(whole.weights());
      assertThat(resumed.privacy()).isEqualTo(whole.privacy());
      assertThat(whole.state().mechanisms()).isEqualTo(3);
    }
  }

  /**
   * The noise that was owed is lost: another mechanism begins, with noise of its own, and costs.
   */
  @Test
  void aRunResumedInsideOfAMechanismBeginsAnotherAndSaysSo() throws Exception {
    List<TrainingState> states = new ArrayList<>();
    DpTrainerBuilder settings = settings(30, new BandedToeplitz(8), 30);
    TrainedModel whole =
        settings.listener(progress -> states.add(progress.state())).build().train(DATA);
    DpTrainer again = settings.listener(progress -> {}).resume(states.get(13)).build();
    TrainedModel resumed = again.train(DATA);
    assertThat(resumed.weights()).isNotEqualTo(whole.weights());
    assertThat(resumed.state().mechanisms()).isEqualTo(2);
    assertThat(resumed.privacy().events())
        .containsExactly(new MatrixMechanism(new Gaussian(1)).times(2));
    assertThat(resumed.privacy().epsilon())
        .isGreaterThanOrEqualTo(AnalyticGaussian.epsilon(Math.sqrt(0.5), 1e-5));
  }

  /**
   * At equal epsilon, on the same batches: noise that cancels in prefix sums beats independent
   * noise, in squared distance from the weights without noise, for each of three seeds.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void correlatedNoiseIsMoreAccurateThanIndependentNoise(long seed) throws Exception {
    double independent = error(1, seed);
    double banded = error(10, seed);
    assertThat(banded).as("seed %d, independent %s", seed, independent).isLessThan(independent / 2);
  }

  private static double error(int bands, long seed) throws Exception {
    TrainedModel noisy = run(bands, new PrivacyTarget.Epsilon(1, 1e-5), seed);
    assertThat(noisy.privacy().epsilon()).isBetween(0.99, 1.0);
    float[] ideal =
        run(bands, new PrivacyTarget.NoiseMultiplier(0.01, 1e-5), seed).weights().values();
    double sum = 0;
    for (int i = 0; i < ideal.length; i++) {
      sum += Math.pow(noisy.weights().values()[i] - ideal[i], 2);
    }
    return sum;
  }

  private static TrainedModel run(int bands, PrivacyTarget target, long seed) throws Exception {
    return settings(100, new BandedToeplitz(bands), 100)
        .privacy(target)
        .optimizer(new Optimizer.Sgd())
        .learningRate(new LearningRate.Constant(0.05))
        .noise(new NoisePolicy.InsecureTestSeed(seed))
        .build()
        .train(DATA);
  }

  private PrivacyLedger ledger(String name) throws Exception {
    return TestLedgers.open(folder.resolve(name), 50, Adjacency.REPLACE_SPECIAL);
  }
}
