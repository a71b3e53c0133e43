package io.silenda.bench.training;

import io.silenda.dp.network.ActivationFunction;
import io.silenda.dp.network.LayerSpec.Activation;
import io.silenda.dp.network.LayerSpec.Convolution2d;
import io.silenda.dp.network.LayerSpec.Dense;
import io.silenda.dp.network.LayerSpec.Flatten;
import io.silenda.dp.network.LayerSpec.MaxPool;
import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.network.TensorShape;

/** Networks on rows of MNIST's shape. */
public enum StepNetwork {
  /** 784-256-10 with ReLU. */
  MLP(
      NetworkSpec.of(
          TensorShape.of(784),
          new Dense(256),
          new Activation(ActivationFunction.RELU),
          new Dense(10))),
  /** The network of Opacus' MNIST example. */
  CNN(
      NetworkSpec.of(
          TensorShape.of(1, 28, 28),
          Convolution2d.square(16, 8, 2, 3),
          new Activation(ActivationFunction.RELU),
          new MaxPool(2, 1),
          Convolution2d.square(32, 4, 2, 0),
          new Activation(ActivationFunction.RELU),
          new MaxPool(2, 1),
          new Flatten(),
          new Dense(32),
          new Activation(ActivationFunction.RELU),
          new Dense(10))),
  /** 784-10. */
  LOGISTIC(NetworkSpec.of(TensorShape.of(784), new Dense(10)));

  @SuppressWarnings("ImmutableEnumChecker") // a specification never changes
  private final NetworkSpec network;

  StepNetwork(NetworkSpec network) {
    this.network = network;
  }

  /** Its layers. */
  public NetworkSpec network() {
    return network;
  }
}
