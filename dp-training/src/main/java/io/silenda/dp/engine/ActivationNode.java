package io.silenda.dp.engine;

import io.silenda.dp.network.ActivationFunction;
import org.apache.commons.math3.special.Erf;

/** A fixed function of every number. */
final class ActivationNode extends Node {
  private static final float ROOT_2 = (float) Math.sqrt(2);
  private static final float DENSITY = (float) (1 / Math.sqrt(2 * Math.PI));

  private final ActivationFunction function;

  ActivationNode(Tensor in, Tensor out, ActivationFunction function) {
    super(in, out);
    this.function = function;
  }

  @Override
  void forward(int rows) {
    int count = rows * in.size;
    switch (function) {
      case RELU -> relu(in.values, out.values, count);
      case SQUARE -> square(in.values, out.values, count);
      default -> {
        for (int i = 0; i < count; i++) {
          out.values[i] = value(in.values[i]);
        }
      }
    }
  }

  @Override
  void backward(int rows, boolean wanted) {
    int count = wanted ? rows * in.size : 0;
    switch (function) {
      case RELU -> reluBack(in.values, out.gradients, in.gradients, count);
      case SQUARE -> squareBack(in.values, out.gradients, in.gradients, count);
      default -> {
        for (int i = 0; i < count; i++) {
          in.gradients[i] = out.gradients[i] * slope(in.values[i]);
        }
      }
    }
  }

  private static void relu(float[] x, float[] y, int count) {
    for (int i = 0; i < count; i++) {
      y[i] = Math.max(x[i], 0f);
    }
  }

  private static void reluBack(float[] x, float[] above, float[] below, int count) {
    for (int i = 0; i < count; i++) {
      // Which units are on is as good as random, so that a branch would be guessed wrong.
      int bits = Float.floatToRawIntBits(x[i]);
      int positive = (~bits & -bits) >> 31;
      below[i] = Float.intBitsToFloat(Float.floatToRawIntBits(above[i]) & positive);
    }
  }

  private static void square(float[] x, float[] y, int count) {
    for (int i = 0; i < count; i++) {
      y[i] = x[i] * x[i];
    }
  }

  private static void squareBack(float[] x, float[] above, float[] below, int count) {
    for (int i = 0; i < count; i++) {
      below[i] = above[i] * (x[i] + x[i]);
    }
  }

  private float value(float x) {
    return switch (function) {
      case TANH -> (float) Math.tanh(x);
      case SIGMOID -> sigmoid(x);
      case SILU -> x * sigmoid(x);
      default -> x * normal(x);
    };
  }

  private float slope(float x) {
    switch (function) {
      case TANH -> {
        float y = (float) Math.tanh(x);
        return 1 - y * y;
      }
      case SIGMOID -> {
        float y = sigmoid(x);
        return y * (1 - y);
      }
      case SILU -> {
        float y = sigmoid(x);
        return y + x * y * (1 - y);
      }
      default -> {
        return normal(x) + x * DENSITY * (float) Math.exp(-0.5 * x * x);
      }
    }
  }

  private static float sigmoid(float x) {
    return (float) (1 / (1 + Math.exp(-x)));
  }

  private static float normal(float x) {
    return (float) (0.5 * Erf.erfc(-x / ROOT_2));
  }
}
