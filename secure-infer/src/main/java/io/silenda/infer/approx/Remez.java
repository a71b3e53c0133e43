package io.silenda.infer.approx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;

/**
 * Minimax polynomials by the exchange algorithm of Remez with simultaneous exchange: the best
 * polynomial of degree n is the one whose error takes its largest magnitude at n + 2 points with
 * alternating signs (Chebyshev's theorem).
 *
 * <p>Works on [-1, 1] in the Chebyshev basis, which keeps the linear systems well conditioned.
 */
final class Remez {
  private static final int MAX_EXCHANGES = 100;
  private static final int GRID_PER_EXTREMUM = 48;
  private static final int MIN_GRID = 2000;
  private static final int REFINEMENTS = 40;
  private static final double ASYMMETRY = 0.05;
  private static final double CONVERGED = 1e-10;

  /** Errors below this part of the function's magnitude are rounding. */
  private static final double ROUNDING = 1e-14;

  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private final DoubleUnaryOperator function;
  private final int degree;
  private final double[] grid;
  private final double magnitude;

  private Remez(DoubleUnaryOperator function, int degree) {
    this.function = function;
    this.degree = degree;
    this.grid = ChebyshevSeries.extrema(Math.max(MIN_GRID, GRID_PER_EXTREMUM * (degree + 2)));
    this.magnitude = Arrays.stream(grid).map(function).map(Math::abs).max().orElse(0);
  }

  /**
   * A best approximation.
   *
   * @param coefficients Chebyshev coefficients, constant first
   * @param maxError its largest error on [-1, 1]
   * @param levelledError magnitude of the error at the reference: no polynomial of this degree has
   *     a smaller largest error than this (de la Vallée-Poussin)
   * @param reference the degree + 2 points where the error alternates
   */
  record Fit(double[] coefficients, double maxError, double levelledError, double[] reference) {}

  /**
   * The best polynomial of a degree for a continuous function on [-1, 1].
   *
   * @param degree at least 0
   */
  static Fit fit(DoubleUnaryOperator function, int degree) {
    if (degree < 0) {
      throw new IllegalArgumentException("degree " + degree + " is negative");
    }
    return new Remez(function, degree).run();
  }

  private Fit run() {
    Fit fit = level(start());
    Fit best = fit;
    for (int i = 0; i < MAX_EXCHANGES && !isConverged(fit); i++) {
      List<Double> extrema = alternatingExtrema(fit.coefficients());
      if (extrema.size() < degree + 2) {
        break;
      }
      fit = level(strongestWindow(extrema, fit.coefficients()));
      best = fit.maxError() < best.maxError() ? fit : best;
    }
    return best;
  }

  /**
   * Extrema of a Chebyshev polynomial, moved a little to one side: between symmetric points, the
   * levelled error of an even function may be zero, from which there is no exchange.
   */
  private double[] start() {
    return Arrays.stream(ChebyshevSeries.extrema(degree + 1))
        .map(t -> t + ASYMMETRY * (1 - t * t))
        .toArray();
  }

  private boolean isConverged(Fit fit) {
    return fit.maxError() <= fit.levelledError() * (1 + CONVERGED)
        || fit.maxError() <= ROUNDING * magnitude;
  }

  /** The polynomial whose error alternates with equal magnitude at the reference. */
  private Fit level(double[] reference) {
    double[][] rows = new double[reference.length][];
    for (int i = 0; i < reference.length; i++) {
      rows[i] = Arrays.copyOf(ChebyshevSeries.basisAt(degree, reference[i]), degree + 2);
      rows[i][degree + 1] = i % 2 == 0 ? 1 : -1;
    }
    double[] values = Arrays.stream(reference).map(function).toArray();
    double[] solution =
        new LUDecomposition(new Array2DRowRealMatrix(rows, false), 0)
            .getSolver()
            .solve(new ArrayRealVector(values, false))
            .toArray();
    double[] coefficients = Arrays.copyOf(solution, degree + 1);
    return new Fit(
        coefficients, largestError(coefficients), Math.abs(solution[degree + 1]), reference);
  }

  private double largestError(double[] coefficients) {
    double largest = 0;
    for (int i = 0; i < grid.length; i++) {
      if (isPeak(coefficients, i)) {
        largest = Math.max(largest, Math.abs(error(coefficients, refine(coefficients, i))));
      }
    }
    return largest;
  }

  private boolean isPeak(double[] coefficients, int i) {
    double here = Math.abs(error(coefficients, grid[i]));
    return (i == 0 || here >= Math.abs(error(coefficients, grid[i - 1])))
        && (i == grid.length - 1 || here >= Math.abs(error(coefficients, grid[i + 1])));
  }

  /** The point of largest error in each stretch of one sign. */
  private List<Double> alternatingExtrema(double[] coefficients) {
    List<Double> extrema = new ArrayList<>();
    int best = 0;
    for (int i = 1; i <= grid.length; i++) {
      double bestError = error(coefficients, grid[best]);
      double here = i < grid.length ? error(coefficients, grid[i]) : Double.NaN;
      if (i == grid.length || here * bestError < 0) {
        extrema.add(refine(coefficients, best));
        best = i;
      } else if (Math.abs(here) > Math.abs(bestError)) {
        best = i;
      }
    }
    return extrema;
  }

  /** Golden-section search for the largest error between the neighbours of a grid point. */
  private double refine(double[] coefficients, int index) {
    double low = grid[Math.max(0, index - 1)];
    double high = grid[Math.min(grid.length - 1, index + 1)];
    for (int i = 0; i < REFINEMENTS; i++) {
      double left = high - GOLDEN * (high - low);
      double right = low + GOLDEN * (high - low);
      if (Math.abs(error(coefficients, left)) > Math.abs(error(coefficients, right))) {
        high = right;
      } else {
        low = left;
      }
    }
    double refined = (low + high) / 2;
    boolean better =
        Math.abs(error(coefficients, refined)) > Math.abs(error(coefficients, grid[index]));
    return better ? refined : grid[index];
  }

  /** The degree + 2 neighbours among the extrema whose smallest error is largest. */
  private double[] strongestWindow(List<Double> extrema, double[] coefficients) {
    double[] errors = extrema.stream().mapToDouble(t -> Math.abs(error(coefficients, t))).toArray();
    double largest = Arrays.stream(errors).max().orElse(0);
    int size = degree + 2;
    int bestStart = 0;
    double bestSmallest = -1;
    for (int start = 0; start + size <= errors.length; start++) {
      double[] window = Arrays.copyOfRange(errors, start, start + size);
      boolean holdsLargest = Arrays.stream(window).anyMatch(e -> e == largest);
      double smallest = Arrays.stream(window).min().orElse(0);
      if (holdsLargest && smallest > bestSmallest) {
        bestStart = start;
        bestSmallest = smallest;
      }
    }
    return extrema.subList(bestStart, bestStart + size).stream().mapToDouble(t -> t).toArray();
  }

  private double error(double[] coefficients, double t) {
    return function.applyAsDouble(t) - ChebyshevSeries.valueAt(coefficients, t);
  }
}
