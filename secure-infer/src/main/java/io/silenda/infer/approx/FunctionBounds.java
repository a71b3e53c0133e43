package io.silenda.infer.approx;

import io.silenda.infer.approx.TensorBounds.Ends;
import io.silenda.infer.graph.Operator.Activation;
import java.util.stream.IntStream;

/** What a function of one number takes values between on an interval. */
final class FunctionBounds {
  /** A polynomial is bounded on so many parts of the interval, each by its Bernstein form. */
  private static final int PARTS = 8;

  private FunctionBounds() {}

  /** Exact: an activation is largest and smallest at an end or where it turns. */
  static Ends of(Activation function, Ends argument) {
    double low = Math.min(function.apply(argument.low()), function.apply(argument.high()));
    double high = Math.max(function.apply(argument.low()), function.apply(argument.high()));
    for (double point : turningPoints(function, argument)) {
      if (point >= argument.low() && point <= argument.high()) {
        low = Math.min(low, function.apply(point));
        high = Math.max(high, function.apply(point));
      }
    }
    return new Ends(low, high);
  }

  private static double[] turningPoints(Activation function, Ends argument) {
    return switch (function.kind()) {
      case SILU -> new double[] {-1.278464542761};
      case QUICK_GELU -> new double[] {-1.278464542761 / 1.702};
      case GELU -> new double[] {-0.75179152469};
      case GELU_TANH -> new double[] {-0.752461422};
      case MISH -> new double[] {-1.19243121451};
      case HARD_SWISH -> new double[] {-1.5};
      case ABS, LEAKY_RELU, ELU, SELU -> new double[] {0};
      case THRESHOLDED_RELU -> new double[] {function.alpha(), Math.nextUp(function.alpha())};
      case SIN -> halfTurns(argument, Math.PI / 2);
      case COS -> halfTurns(argument, 0);
      case RELU, CLIP, SIGMOID, TANH, SOFTPLUS, SOFTSIGN, ERF, HARD_SIGMOID, EXP, SIGN ->
          new double[0];
    };
  }

  /** The first few of the points {@code start + k·π} in the interval: there are two values. */
  private static double[] halfTurns(Ends argument, double start) {
    double first = Math.ceil((argument.low() - start) / Math.PI);
    return IntStream.range(0, 2).mapToDouble(k -> start + (first + k) * Math.PI).toArray();
  }

  /** Never too narrow: a polynomial lies within the coefficients of its Bernstein form. */
  static Ends of(double[] coefficients, Ends argument) {
    double width = (argument.high() - argument.low()) / PARTS;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int part = 0; part < PARTS; part++) {
      for (double value : bernstein(coefficients, argument.low() + part * width, width)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    return new Ends(low, high);
  }

  private static double[] bernstein(double[] coefficients, double start, double width) {
    double[] powers = shifted(coefficients, start, width);
    int degree = powers.length - 1;
    double[] values = new double[degree + 1];
    for (int i = 0; i <= degree; i++) {
      double ratio = 1;
      for (int j = 0; j <= i; j++) {
        values[i] += ratio * powers[j];
        ratio *= (double) (i - j) / (degree - j);
      }
    }
    return values;
  }

  /** Coefficients in t of the polynomial at {@code start + width · t}. */
  private static double[] shifted(double[] coefficients, double start, double width) {
    double[] powers = coefficients.clone();
    for (int i = 0; i < powers.length - 1; i++) {
      for (int j = powers.length - 2; j >= i; j--) {
        powers[j] += start * powers[j + 1];
      }
    }
    double factor = 1;
    for (int i = 0; i < powers.length; i++) {
      powers[i] *= factor;
      factor *= width;
    }
    return powers;
  }
}
