package io.silenda.infer.cost;

import io.silenda.he.Polynomial;
import io.silenda.he.Polynomial.Basis;
import java.util.Arrays;
import java.util.TreeSet;

/**
 * Counts the work of one polynomial as the evaluator plans it: the polynomial is divided by powers
 * of two of its degree until what is left needs powers that are computed anyway; of all numbers of
 * small powers, the one with the fewest products is taken.
 */
final class PolynomialWork {
  /** Coefficients below this part of the largest one are dropped. */
  private static final double DUST = 0x1p-50;

  private final Basis basis;
  private final int primes;
  private final int smallPowers;
  private final TreeSet<Integer> powers = new TreeSet<>();
  private int products;

  private PolynomialWork(Basis basis, int primes, int smallPowers) {
    this.basis = basis;
    this.primes = primes;
    this.smallPowers = smallPowers;
  }

  /**
   * The work.
   *
   * @param primes data primes where the evaluation begins
   */
  static Work of(Polynomial polynomial, int primes) {
    double[] coefficients = withoutDust(polynomial.coefficients());
    Work best = Work.NONE;
    int fewest = Integer.MAX_VALUE;
    for (int small = 1; small <= 2 * polynomial.degree(); small *= 2) {
      PolynomialWork plan = new PolynomialWork(polynomial.basis(), primes, small);
      Work work = plan.node(coefficients, polynomial.depth() - 1);
      if (plan.productCount() < fewest) {
        fewest = plan.productCount();
        best = work.plus(plan.ofPowers());
      }
    }
    return best;
  }

  private int productCount() {
    return products + powers.size();
  }

  private static double[] withoutDust(double[] coefficients) {
    double largest = Arrays.stream(coefficients).map(Math::abs).max().orElse(0);
    return Arrays.stream(coefficients).map(c -> Math.abs(c) < largest * DUST ? 0 : c).toArray();
  }

  /** One division's value, at a position of so many levels spent, relinearized and rescaled. */
  private Work node(double[] coefficients, int position) {
    int left = primes - position;
    Work work = Work.NONE;
    boolean hasProducts = false;
    int terms = 0;
    double[] rest = coefficients;
    while (!isAvailable(rest, position)) {
      int degree = degree(rest);
      int divisor = Integer.highestOneBit(degree);
      require(divisor);
      if (degree == divisor) {
        terms++;
      } else {
        products++;
        hasProducts = true;
        work = work.plus(Work.multiply(left)).plus(node(quotient(rest, divisor), position - 1));
      }
      rest = remainder(rest, divisor);
    }
    for (int power = 1; power < rest.length; power++) {
      if (rest[power] != 0) {
        require(power);
        terms++;
      }
    }
    Work end = hasProducts ? Work.relinearizeRescale(left) : Work.rescale(left);
    return work.plus(new Work(0, 2.0 * left * terms)).plus(end);
  }

  private boolean isAvailable(double[] coefficients, int position) {
    for (int power = 1; power < coefficients.length; power++) {
      boolean isComputed = power <= smallPowers || Integer.bitCount(power) == 1;
      if (coefficients[power] != 0 && !(isComputed && depth(power) <= position)) {
        return false;
      }
    }
    return true;
  }

  private double[] quotient(double[] coefficients, int divisor) {
    double[] quotient = Arrays.copyOfRange(coefficients, divisor, degree(coefficients) + 1);
    for (int i = 1; i < quotient.length; i++) {
      quotient[i] *= basis == Basis.CHEBYSHEV ? 2 : 1;
    }
    return quotient;
  }

  /** T_k = 2 T_divisor T_(k − divisor) − T_(2 divisor − k). */
  private double[] remainder(double[] coefficients, int divisor) {
    double[] remainder = Arrays.copyOf(coefficients, divisor);
    if (basis == Basis.CHEBYSHEV) {
      for (int power = divisor + 1; power <= degree(coefficients); power++) {
        remainder[2 * divisor - power] -= coefficients[power];
      }
    }
    return remainder;
  }

  private void require(int power) {
    if (power > 1 && powers.add(power)) {
      int high = Integer.bitCount(power) == 1 ? power / 2 : Integer.highestOneBit(power);
      require(high);
      require(power - high);
      if (basis == Basis.CHEBYSHEV && high != power - high) {
        require(2 * high - power);
      }
    }
  }

  private Work ofPowers() {
    Work work = Work.NONE;
    for (int power : powers) {
      int left = primes - depth(power) + 1;
      work = work.plus(Work.multiply(left)).plus(Work.relinearizeRescale(left));
    }
    return work;
  }

  private static int degree(double[] coefficients) {
    int degree = coefficients.length - 1;
    while (degree > 0 && coefficients[degree] == 0) {
      degree--;
    }
    return degree;
  }

  /** Levels that a power takes. */
  private static int depth(int power) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(power - 1);
  }
}
