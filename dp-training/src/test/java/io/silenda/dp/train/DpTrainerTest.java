package io.silenda.dp.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.dp.accounting.Adjacency;
import io.silenda.dp.ledger.LedgerException;
import io.silenda.dp.ledger.PrivacyLedger;
import io.silenda.dp.ledger.TestLedgers;
import io.silenda.dp.network.ActivationFunction;
import io.silenda.dp.network.LayerSpec.Activation;
import io.silenda.dp.network.LayerSpec.Dense;
import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.network.TensorShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DpTrainerTest {
  private static final Blobs DATA = new Blobs(600, 8, 3);

  @TempDir private Path folder;

  static NetworkSpec network() {
    return NetworkSpec.of(
        TensorShape.of(8), new Dense(12), new Activation(ActivationFunction.TANH), new Dense(3));
  }

  static DpTrainerBuilder settings(long steps) {
    return DpTrainer.builder(network(), Loss.CROSS_ENTROPY)
        .sampling(new Sampling.Poisson(0.1, 60))
        .steps(steps)
        .clipping(new Clipping.Flat(1))
        .privacy(new PrivacyTarget.NoiseMultiplier(1, 1e-5))
        .optimizer(new Optimizer.Momentum(0.9))
        .learningRate(new LearningRate.Constant(0.3))
        .noise(new NoisePolicy.InsecureTestSeed(5));
  }

  private static double accuracy(TrainedModel model) {
    try (Predictor predictor = new Predictor(model.network(), model.best())) {
      return predictor.accuracy(DATA);
    }
  }

  @Test
  void learnsWithEveryOptimizerAndEveryClipping() throws Exception {
    for (Optimizer optimizer :
        List.of(new Optimizer.Sgd(), new Optimizer.Momentum(0.9), new Optimizer.Adam())) {
      LearningRate rate =
          new LearningRate.Cosine(optimizer instanceof Optimizer.Adam ? 0.02 : 0.5, 0.001, 5);
      for (Clipping clipping :
          List.of(
              new Clipping.Flat(1),
              new Clipping.PerLayer(List.of(0.7, 0.7)),
              new Clipping.Adaptive(0.1, 0.5, 0.2, 5))) {
        TrainedModel model =
            settings(60)
                .optimizer(optimizer)
                .learningRate(rate)
                .clipping(clipping)
                .build()
                .train(DATA);
        assertThat(accuracy(model)).as("%s, %s", optimizer, clipping).isGreaterThan(0.9);
      }
    }
  }

  @Test
  void adaptiveClippingFindsTheQuantile() throws Exception {
    List<Double> norms = new ArrayList<>();
    settings(60)
        .clipping(new Clipping.Adaptive(100, 0.5, 0.3, 5))
        .listener(progress -> norms.add(progress.clippingNorm()))
        .build()
        .train(DATA);
    assertThat(norms.get(0)).isEqualTo(100);
    assertThat(norms.get(59)).isLessThan(5);
  }

  @Test
  void adaptiveClippingPaysForItsCount() throws Exception {
    DpTrainer flat = settings(60).build();
    DpTrainer adaptive = settings(60).clipping(new Clipping.Adaptive(1, 0.5, 0.2, 0.8)).build();
    assertThat(adaptive.epsilon(60)).isEqualTo(flat.epsilon(60));
    assertThatThrownBy(() -> settings(60).clipping(new Clipping.Adaptive(1, 0.5, 0.2, 0.4)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("countNoiseDeviation");
  }

  @Test
  void targetEpsilonIsReachedAndReported() throws Exception {
    DpTrainer trainer = settings(40).privacy(new PrivacyTarget.Epsilon(3, 1e-5)).build();
    assertThat(trainer.epsilon(40)).isBetween(2.95, 3.0);
    PrivacyStatement statement = trainer.train(DATA).privacy();
    assertThat(statement.epsilon()).isLessThanOrEqualTo(3);
  }

  @Test
  void aTestSeedMarksTheResult() throws Exception {
    PrivacyStatement seeded = settings(2).build().train(DATA).privacy();
    assertThat(seeded.isPrivate()).isFalse();
    assertThat(seeded.text()).startsWith("NOT PRIVATE: test seed");
    PrivacyStatement secret =
        settings(2).noise(new NoisePolicy.Secure()).build().train(DATA).privacy();
    assertThat(secret.isPrivate()).isTrue();
  }

  @Test
  void withoutPrivacyNothingIsClaimed() throws Exception {
    TrainedModel model = settings(30).privacy(new PrivacyTarget.InsecureNone()).build().train(DATA);
    assertThat(model.privacy().isPrivate()).isFalse();
    assertThat(model.privacy().epsilon()).isInfinite();
    assertThat(model.privacy().text()).startsWith("NOT PRIVATE");
    assertThat(accuracy(model)).isGreaterThan(0.95);
  }

  @Test
  void aResumedTestRunGivesTheSameModel() throws Exception {
    for (Optimizer optimizer : List.of(new Optimizer.Sgd(), new Optimizer.Adam())) {
      List<TrainingState> states = new ArrayList<>();
      TrainedModel whole =
          settings(8)
              .optimizer(optimizer)
              .averaging(0.9)
              .clipping(new Clipping.Adaptive(1, 0.5, 0.2, 5))
              .listener(progress -> states.add(progress.state()))
              .build()
              .train(DATA);
      TrainedModel resumed =
          settings(8)
              .optimizer(optimizer)
              .averaging(0.9)
              .clipping(new Clipping.Adaptive(1, 0.5, 0.2, 5))
              .resume(states.get(3))
              .build()
              .train(DATA);
      assertThat(resumed.weights()).isEqualTo(whole.weights());
      assertThat(resumed.averagedWeights()).isEqualTo(whole.averagedWeights());
    }
  }

  @Test
  void everyStepIsChargedBeforeItRuns() throws Exception {
    PrivacyLedger ledger = TestLedgers.open(folder.resolve("ledger"), 50, Adjacency.ADD_REMOVE);
    DpTrainer trainer = settings(5).ledger(ledger, "job", 2).listener(Crash.after(3)).build();
    assertThatThrownBy(() -> trainer.train(DATA)).hasMessage("crash");
    assertThat(ledger.events()).containsExactly(trainer.event(2), trainer.event(2));
  }

  @Test
  void anOverspentBudgetStopsTheRunBeforeAnythingIsSpent() throws Exception {
    PrivacyLedger ledger = TestLedgers.open(folder.resolve("small"), 1, Adjacency.ADD_REMOVE);
    DpTrainer trainer = settings(50).ledger(ledger, "job", 1).build();
    assertThatThrownBy(() -> trainer.train(DATA)).isInstanceOf(LedgerException.class);
    assertThat(ledger.events()).isEmpty();
  }

  @Test
  void viewsOfARecordCostNothingAndTrain() throws Exception {
    Augmentation jitter =
        (buffer, offset, length, random) -> {
          for (int i = offset; i < offset + length; i++) {
            buffer[i] += (float) (0.05 * random.nextGaussian());
          }
        };
    TrainedModel model = settings(40).augmentation(jitter, 4).build().train(DATA);
    assertThat(accuracy(model)).isGreaterThan(0.9);
    assertThat(model.privacy().epsilon()).isEqualTo(settings(40).build().epsilon(40));
  }
}
