package io.silenda.he;

import java.util.Arrays;

/**
 * A real polynomial of degree 1 to 63, trailing zero coefficients dropped. Compared by value.
 *
 * @param basis what coefficient i multiplies
 * @param coefficients coefficient of each basis polynomial, from degree 0 on
 */
// Equality, hash code and accessor are written out below, by content.
@SuppressWarnings("ArrayRecordComponent")
public record Polynomial(Basis basis, double[] coefficients) {
  private static final int MAX_DEGREE = 63;

  /** The polynomials that the coefficients belong to. */
  public enum Basis {
    /** Powers of x. */
    MONOMIAL,
    /** Chebyshev polynomials of the first kind; the input must lie in [-1, 1]. */
    CHEBYSHEV
  }

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if a coefficient is not finite or the degree is not in 1..63
   */
  public Polynomial {
    for (int i = 0; i < coefficients.length; i++) {
      if (!Double.isFinite(coefficients[i])) {
        throw new IllegalArgumentException("coefficients[" + i + "] is not a finite number");
      }
    }
    int degree = coefficients.length - 1;
    while (degree >= 0 && coefficients[degree] == 0) {
      degree--;
    }
    if (degree < 1 || degree > MAX_DEGREE) {
      throw new IllegalArgumentException(
          "coefficients has degree " + degree + ", not in 1.." + MAX_DEGREE);
    }
    coefficients = Arrays.copyOf(coefficients, degree + 1);
  }

  @Override
  public double[] coefficients() {
    return coefficients.clone();
  }

  /** The highest index with a coefficient other than zero. */
  public int degree() {
    return coefficients.length - 1;
  }

  /** Levels that evaluating it takes: ceil(log2(degree + 1)). */
  public int depth() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(degree());
  }

  /** The value at a point, in the clear. */
  public double valueAt(double x) {
    return basis == Basis.MONOMIAL ? horner(x) : clenshaw(x);
  }

  private double horner(double x) {
    double value = 0;
    for (int i = degree(); i >= 0; i--) {
      value = value * x + coefficients[i];
    }
    return value;
  }

  private double clenshaw(double x) {
    double next = 0;
    double afterNext = 0;
    for (int i = degree(); i >= 1; i--) {
      double current = 2 * x * next - afterNext + coefficients[i];
      afterNext = next;
      next = current;
    }
    return x * next - afterNext + coefficients[0];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Polynomial that
        && basis == that.basis
        && Arrays.equals(coefficients, that.coefficients);
  }

  @Override
  public int hashCode() {
    return 31 * basis.hashCode() + Arrays.hashCode(coefficients);
  }

  @Override
  public String toString() {
    return "Polynomial(" + basis + ", " + Arrays.toString(coefficients) + ")";
  }
}
