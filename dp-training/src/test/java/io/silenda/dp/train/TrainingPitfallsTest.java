package io.silenda.dp.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.dp.accounting.PrivacyEvent.PoissonSampled;
import io.silenda.dp.accounting.PrivacyEvent.Repeated;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Known mistakes of training with differential privacy, one test for each. */
class TrainingPitfallsTest {
  private static final Blobs DATA = new Blobs(600, 8, 3);

  /** Weights after one step of SGD at rate 1, of an expected batch of one: less the noisy sum. */
  private static float[] noisySum(TrainingData data, double rate, long seed) throws Exception {
    float[] start = new float[DpTrainerTest.network().parameterCount()];
    for (int i = 0; i < start.length; i++) {
      start[i] = 0.1f * (i % 7 - 3);
    }
    float[] end =
        DpTrainerTest.settings(1)
            .sampling(new Sampling.Poisson(rate, 1))
            .optimizer(new Optimizer.Sgd())
            .learningRate(new LearningRate.Constant(1))
            .noise(new NoisePolicy.InsecureTestSeed(seed))
            .resume(new TrainingState(0, start, List.of(), new float[0], 1))
            .build()
            .train(data)
            .weights()
            .values();
    return end;
  }

  @Test
  void anEmptyBatchStillHasNoiseAndIsCharged() throws Exception {
    List<Integer> sizes = new ArrayList<>();
    TrainedModel model =
        DpTrainerTest.settings(3)
            .sampling(new Sampling.Poisson(1e-9, 1))
            .listener(progress -> sizes.add(progress.localBatchSize()))
            .build()
            .train(DATA);
    assertThat(sizes).containsOnly(0);
    assertThat(((Repeated) model.privacy().events().get(0)).count()).isEqualTo(3);
    assertThat(noisySum(DATA, 1e-9, 3)).doesNotContain(0f);
  }

  /** The noise is the same for the same seed; so twice the records, twice the sum beneath it. */
  @Test
  void theDivisorIsThePublicBatchSize() throws Exception {
    float[] noise = noisySum(new Blobs(0, 8, 3), 1, 3);
    double small = distance(noisySum(new Blobs(30, 8, 3), 1, 3), noise);
    double large = distance(noisySum(new Blobs(90, 8, 3), 1, 3), noise);
    assertThat(large / small).isBetween(2.0, 4.0);
  }

  @Test
  void theSamplerHandsOverItsOwnEvent() throws Exception {
    DpTrainer trainer = DpTrainerTest.settings(7).build();
    Repeated event = (Repeated) trainer.event(7);
    assertThat(event.count()).isEqualTo(7);
    assertThat(((PoissonSampled) event.event()).rate()).isEqualTo(0.1);
  }

  @Test
  void noNoiseIsUsedTwice() throws Exception {
    Set<Float> seen = new HashSet<>();
    List<float[]> weights = new ArrayList<>();
    DpTrainerTest.settings(3)
        .sampling(new Sampling.Poisson(1e-9, 1))
        .optimizer(new Optimizer.Sgd())
        .noise(new NoisePolicy.Secure())
        .listener(progress -> weights.add(progress.weights().values()))
        .build()
        .train(DATA);
    for (int step = 1; step < 3; step++) {
      for (int i = 0; i < 10; i++) {
        seen.add(weights.get(step)[i] - weights.get(step - 1)[i]);
      }
    }
    assertThat(seen).hasSizeGreaterThan(17);
  }

  @Test
  void recordsThatAreNotNumbersContributeZeroAndAreCounted() throws Exception {
    TrainingData spoiled =
        new TrainingData() {
          @Override
          public int recordCount() {
            return 40;
          }

          @Override
          public void copyRecord(int record, float[] buffer, int offset) {
            DATA.copyRecord(record, buffer, offset);
            if (record == 7) {
              buffer[offset] = Float.NaN;
            }
            if (record == 11) {
              buffer[offset] = Float.POSITIVE_INFINITY;
            }
          }

          @Override
          public float label(int record) {
            return DATA.label(record);
          }
        };
    int[] rejected = {0};
    TrainedModel model =
        DpTrainerTest.settings(1)
            .sampling(new Sampling.Poisson(1, 40))
            .listener(progress -> rejected[0] = progress.localRejectedRecords())
            .build()
            .train(spoiled);
    assertThat(rejected[0]).isEqualTo(2);
    for (float weight : model.weights().values()) {
      assertThat(weight).isFinite();
    }
  }

  /** More sampled records than a virtual batch holds: all of them are in the sum. */
  @Test
  void batchesAreSplitAndNeverCut() throws Exception {
    List<Integer> sizes = new ArrayList<>();
    DpTrainerTest.settings(1)
        .sampling(new Sampling.Poisson(1, 600))
        .listener(progress -> sizes.add(progress.localBatchSize()))
        .build()
        .train(DATA);
    assertThat(sizes).containsExactly(600);
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
