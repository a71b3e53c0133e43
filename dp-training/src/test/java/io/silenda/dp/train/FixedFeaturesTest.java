package io.silenda.dp.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.dp.network.LayerSpec;
import io.silenda.dp.network.LayerSpec.Dense;
import io.silenda.dp.network.LayerSpec.Flatten;
import io.silenda.dp.network.LayerSpec.GroupNorm;
import io.silenda.dp.network.LayerSpec.Scattering;
import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.network.TensorShape;
import io.silenda.dp.network.Weights;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FixedFeaturesTest {
  private static final TensorShape IMAGE = TensorShape.of(1, 8, 8);
  private static final NetworkSpec NETWORK =
      NetworkSpec.of(IMAGE, new Scattering(1, 4, 5), new Flatten(), new Dense(2));

  /** Gratings: across or along. */
  private static final class Gratings implements TrainingData {
    private final int count;
    private int read;

    Gratings(int count) {
      this.count = count;
    }

    @Override
    public int recordCount() {
      return count;
    }

    @Override
    public void copyRecord(int record, float[] buffer, int offset) {
      read++;
      SplittableRandom random = new SplittableRandom(record);
      int phase = random.nextInt(4);
      for (int i = 0; i < 64; i++) {
        int place = label(record) > 0 ? i / 8 : i % 8;
        buffer[offset + i] = (float) ((place + phase) % 4 < 2 ? random.nextDouble() : 0);
      }
    }

    @Override
    public float label(int record) {
      return record % 2;
    }
  }

  @Test
  void whatIsTrainedIsWhatComesBehind() {
    assertThat(NETWORK.behindFeatures())
        .isEqualTo(NetworkSpec.of(TensorShape.of(80), new Dense(2)));
    assertThat(NETWORK.behindFeatures().parameterCount()).isEqualTo(NETWORK.parameterCount());
    NetworkSpec normed =
        NetworkSpec.of(
            IMAGE, new Scattering(1, 4, 0), new GroupNorm(5), new Flatten(), new Dense(2));
    assertThat(normed.behindFeatures().input()).isEqualTo(TensorShape.of(5, 4, 4));
    NetworkSpec dense = NetworkSpec.of(TensorShape.of(3), new Dense(2));
    assertThat(dense.behindFeatures()).isSameAs(dense);
  }

  @Test
  void recordsAreTransformedOnce() throws Exception {
    Gratings data = new Gratings(200);
    try (FixedFeatures features = new FixedFeatures(NETWORK, data)) {
      Weights one = trainer(NETWORK).build().train(features).weights();
      Weights other = trainer(NETWORK).build().train(features).weights();
      assertThat(data.read).isLessThanOrEqualTo(200);
      assertThat(other).isEqualTo(one);
      assertThat(trainer(NETWORK).build().train(new Gratings(200)).weights()).isEqualTo(one);
    }
  }

  @Test
  void featuresOfAnotherNetworkAreNotTaken() throws Exception {
    NetworkSpec other = NetworkSpec.of(IMAGE, new Scattering(2, 2, 0), new Flatten(), new Dense(2));
    try (FixedFeatures features = new FixedFeatures(NETWORK, new Gratings(200))) {
      assertThat(trainer(other).build().train(features).weights())
          .isEqualTo(trainer(other).build().train(new Gratings(200)).weights());
    }
    assertThatThrownBy(
            () ->
                new FixedFeatures(NetworkSpec.of(TensorShape.of(3), new Dense(2)), new Gratings(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void learnsWhatPixelsHide() throws Exception {
    Weights weights = trainer(NETWORK).build().train(new Gratings(400)).weights();
    try (Predictor predictor = new Predictor(NETWORK, weights)) {
      assertThat(predictor.accuracy(new Gratings(500))).isGreaterThan(0.9);
    }
  }

  @Test
  void changedViewsAreTransformedAnew() throws Exception {
    Weights changed =
        trainer(NETWORK)
            .augmentation((buffer, at, length, random) -> buffer[at] += 1, 2)
            .build()
            .train(new Gratings(200))
            .weights();
    assertThat(changed).isNotEqualTo(trainer(NETWORK).build().train(new Gratings(200)).weights());
  }

  @Test
  void scatteringComesFirst() {
    assertThatThrownBy(
            () ->
                NetworkSpec.of(
                    IMAGE,
                    new LayerSpec.MaxPool(2, 2),
                    new Scattering(1, 4, 0),
                    new Flatten(),
                    new Dense(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scattering can only be the first layer");
  }

  private static DpTrainerBuilder trainer(NetworkSpec network) {
    return DpTrainer.builder(network, Loss.CROSS_ENTROPY)
        .sampling(new Sampling.Poisson(0.2, 40))
        .steps(30)
        .clipping(new Clipping.Flat(1))
        .privacy(new PrivacyTarget.NoiseMultiplier(1, 1e-5))
        .noise(new NoisePolicy.InsecureTestSeed(11))
        .optimizer(new Optimizer.Momentum(0.9))
        .learningRate(new LearningRate.Constant(0.5));
  }
}
