package io.silenda.dp.evaluate;

import io.silenda.dp.network.ActivationFunction;
import org.apache.commons.math3.special.Erf;

/** Functions of single numbers. */
final class Elements {
  private Elements() {}

  static float[] apply(ActivationFunction function, float[] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = (float) value(function, x[i]);
    }
    return y;
  }

  private static double value(ActivationFunction function, double x) {
    return switch (function) {
      case SQUARE -> x * x;
      case RELU -> Math.max(0, x);
      case TANH -> Math.tanh(x);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case SILU -> x / (1 + Math.exp(-x));
      case GELU -> x / 2 * (1 + Erf.erf(x * Math.sqrt(0.5)));
    };
  }

  static float[] polynomial(float[] coefficients, float[] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      float value = 0;
      for (int k = coefficients.length - 1; k >= 0; k--) {
        value = value * x[i] + coefficients[k];
      }
      y[i] = value;
    }
    return y;
  }

  static float[] clip(float bound, float[] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = Math.max(-bound, Math.min(bound, x[i]));
    }
    return y;
  }
}
