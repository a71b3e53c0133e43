package io.silenda.dp.engine;

import io.silenda.dp.network.ActivationFunction;
import io.silenda.dp.network.LayerSpec;
import io.silenda.dp.network.LayerSpec.Activation;
import io.silenda.dp.network.LayerSpec.AveragePool;
import io.silenda.dp.network.LayerSpec.Clip;
import io.silenda.dp.network.LayerSpec.Convolution2d;
import io.silenda.dp.network.LayerSpec.Dense;
import io.silenda.dp.network.LayerSpec.Embedding;
import io.silenda.dp.network.LayerSpec.Flatten;
import io.silenda.dp.network.LayerSpec.GroupNorm;
import io.silenda.dp.network.LayerSpec.LayerNorm;
import io.silenda.dp.network.LayerSpec.MaxPool;
import io.silenda.dp.network.LayerSpec.PolynomialActivation;
import io.silenda.dp.network.LayerSpec.Residual;
import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.network.TensorShape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Small networks that together have every kind of layer, every function and every way to a norm.
 */
final class Cases {
  private static final TensorShape IMAGE = TensorShape.of(2, 6, 5);

  private Cases() {}

  static List<NetworkSpec> all() {
    List<NetworkSpec> all = new ArrayList<>();
    all.add(NetworkSpec.of(TensorShape.of(7), new Dense(3)));
    all.add(NetworkSpec.of(TensorShape.of(7), new Dense(5, false), new Dense(3)));
    for (ActivationFunction function : ActivationFunction.values()) {
      all.add(dense(new Activation(function)));
    }
    all.add(dense(new PolynomialActivation(2, 0.3f, 0.7f)));
    all.add(dense(new PolynomialActivation(3, 2, 0)));
    all.add(dense(new PolynomialActivation(4, 0.5f, 0.1f)));
    all.add(dense(new Clip(0.6f)));
    all.add(dense(new LayerNorm(1e-3f)));
    all.add(dense(new GroupNorm(2, 1e-3f)));
    all.add(dense(new Residual(List.of(new Dense(6), new Activation(ActivationFunction.TANH)))));
    all.add(image(new Convolution2d(3, 3, 2, 2, 1, 1, 0, true)));
    all.add(image(Convolution2d.square(24, 3, 2, 0)));
    all.add(image(new Convolution2d(2, 2, 2, 1, 1, 0, 1, false)));
    all.add(image(Convolution2d.square(4, 3, 1, 1), new GroupNorm(2, 1e-3f)));
    all.add(image(Convolution2d.square(3, 2, 1, 0), new AveragePool(2, 2)));
    all.add(image(Convolution2d.square(3, 2, 1, 0), new MaxPool(2, 1)));
    all.add(
        image(
            Convolution2d.square(4, 3, 1, 1),
            new Residual(List.of(Convolution2d.square(4, 3, 1, 1), new GroupNorm(4, 1e-3f)))));
    all.add(
        NetworkSpec.of(
            TensorShape.of(5),
            new Embedding(4, 6),
            new Dense(9),
            new LayerNorm(1e-3f),
            new Flatten(),
            new Dense(3)));
    return all;
  }

  private static NetworkSpec dense(LayerSpec middle) {
    return NetworkSpec.of(TensorShape.of(7), new Dense(6), middle, new Dense(3));
  }

  private static NetworkSpec image(LayerSpec... first) {
    List<LayerSpec> layers = new ArrayList<>(List.of(first));
    layers.add(new Flatten());
    layers.add(new Dense(3));
    return new NetworkSpec(IMAGE, layers);
  }

  /** Parameters that keep values moderate, and norms' scales away from zero. */
  static float[] parameters(NetworkSpec network, SplittableRandom random) {
    float[] values = new float[network.parameterCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.3 * random.nextGaussian()) + 0.1f;
    }
    return values;
  }

  /** Random rows; token numbers in front of an embedding. */
  static RowSource rows(NetworkSpec network, long seed) {
    boolean tokens = network.layers().get(0) instanceof Embedding;
    return new RowSource() {
      @Override
      public void copyRow(int record, int view, float[] buffer, int at) {
        SplittableRandom random = new SplittableRandom(seed + 1000L * record + view);
        for (int i = 0; i < network.input().elements(); i++) {
          buffer[at + i] = tokens ? random.nextInt(4) : (float) random.nextGaussian();
        }
      }

      @Override
      public void copyTarget(int record, float[] buffer, int at) {
        buffer[at] = record % 3;
      }
    };
  }
}
