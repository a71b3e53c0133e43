package io.silenda.infer.schedule;

import io.silenda.he.Polynomial;
import io.silenda.he.Polynomial.Basis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How errors made inside one polynomial's evaluation reach its result, averaged over observed
 * inputs: every power (or Chebyshev polynomial) T_k that the evaluation computes is one source.
 *
 * <p>The evaluation splits k into its highest power of two and the rest, as the evaluator does, and
 * the gain of T_k is the adjoint of that computation, first order.
 *
 * @param powers the computed powers, ascending, without the input itself
 * @param meanSquareGains for each of them, the mean square derivative of the result
 * @param maxAbs for each of them, its largest magnitude
 * @param inputMaxAbs largest magnitude of the input
 */
record PolynomialGains(
    int[] powers, double[] meanSquareGains, double[] maxAbs, double inputMaxAbs) {

  static PolynomialGains observe(Polynomial polynomial, List<double[]> inputs) {
    boolean[] used = usedPowers(polynomial);
    double[] squares = new double[used.length];
    double[] largest = new double[used.length];
    long count = 0;
    for (double[] tensor : inputs) {
      for (double x : tensor) {
        double[] values = values(polynomial, x);
        double[] gains = gains(polynomial, used, values);
        for (int k = 1; k < used.length; k++) {
          squares[k] += gains[k] * gains[k];
          largest[k] = Math.max(largest[k], Math.abs(values[k]));
        }
        count++;
      }
    }
    return select(used, squares, largest, Math.max(1, count));
  }

  private static PolynomialGains select(
      boolean[] used, double[] squares, double[] largest, long count) {
    List<Integer> powers = new ArrayList<>();
    for (int k = 2; k < used.length; k++) {
      if (used[k]) {
        powers.add(k);
      }
    }
    return new PolynomialGains(
        powers.stream().mapToInt(k -> k).toArray(),
        powers.stream().mapToDouble(k -> squares[k] / count).toArray(),
        powers.stream().mapToDouble(k -> largest[k]).toArray(),
        largest[1]);
  }

  /** The highest power of two in {@code power}, or half of it where it is one itself. */
  static int highPart(int power) {
    int high = Integer.highestOneBit(power);
    return high == power ? power / 2 : high;
  }

  private static boolean[] usedPowers(Polynomial polynomial) {
    double[] coefficients = polynomial.coefficients();
    boolean[] used = new boolean[coefficients.length];
    boolean chebyshev = polynomial.basis() == Basis.CHEBYSHEV;
    for (int k = coefficients.length - 1; k >= 1; k--) {
      used[k] |= coefficients[k] != 0;
      if (used[k] && k > 1) {
        int high = highPart(k);
        used[high] = true;
        used[k - high] = true;
        if (chebyshev && high != k - high) {
          used[high - (k - high)] = true;
        }
      }
    }
    return used;
  }

  private static double[] values(Polynomial polynomial, double x) {
    double[] values = new double[polynomial.degree() + 1];
    values[0] = 1;
    values[1] = x;
    for (int k = 2; k < values.length; k++) {
      values[k] =
          polynomial.basis() == Basis.CHEBYSHEV
              ? 2 * x * values[k - 1] - values[k - 2]
              : x * values[k - 1];
    }
    return values;
  }

  private static double[] gains(Polynomial polynomial, boolean[] used, double[] values) {
    double[] gains = Arrays.copyOf(polynomial.coefficients(), values.length);
    boolean chebyshev = polynomial.basis() == Basis.CHEBYSHEV;
    double factor = chebyshev ? 2 : 1;
    for (int k = gains.length - 1; k >= 2; k--) {
      if (used[k]) {
        int high = highPart(k);
        int low = k - high;
        gains[high] += factor * gains[k] * values[low];
        gains[low] += factor * gains[k] * values[high];
        if (chebyshev && high != low) {
          gains[high - low] -= gains[k];
        }
      }
    }
    return gains;
  }

  /** Derivative of a polynomial at a point: the gain of its input. */
  static double derivative(Polynomial polynomial, double x) {
    return gains(polynomial, usedPowers(polynomial), values(polynomial, x))[1];
  }
}
