package io.silenda.dp.accounting.pld;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Cumulants of a composition from coarse cells, each cell at the loss of its merged outcomes.
 * Close, and used only to choose grids, tilts and windows: no answer rests on it.
 */
final class CumulantEstimate {
  private static final double LEAST_ORDER = 1e-3;
  private static final double LARGEST_ORDER = 1e6;
  private static final double SCAN = 1.6;

  private final List<double[]> losses = new ArrayList<>();
  private final List<double[]> logMasses = new ArrayList<>();
  private double widest;
  private final List<Long> counts = new ArrayList<>();

  void add(LossCells cells, long count) {
    widest = Math.max(widest, cells.width * cells.p.length);
    int used = 0;
    double[] loss = new double[cells.p.length];
    double[] logMass = new double[cells.p.length];
    for (int i = 0; i < cells.p.length; i++) {
      if (cells.p[i] > 0) {
        logMass[used] = Math.log(cells.p[i]);
        double merged = cells.q[i] > 0 ? logMass[used] - Math.log(cells.q[i]) : cells.edge(i + 1);
        loss[used] = Math.max(cells.edge(i), Math.min(cells.edge(i + 1), merged));
        used++;
      }
    }
    losses.add(Arrays.copyOf(loss, used));
    logMasses.add(Arrays.copyOf(logMass, used));
    counts.add(count);
  }

  /** Largest range of one loss. */
  double widest() {
    return widest;
  }

  long uses() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  /** ln E[exp(order * composed loss)]. */
  double cumulant(double order) {
    double sum = 0;
    for (int j = 0; j < counts.size(); j++) {
      sum += counts.get(j) * cumulant(losses.get(j), logMasses.get(j), order);
    }
    return sum;
  }

  private static double cumulant(double[] loss, double[] logMass, double order) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < loss.length; i++) {
      largest = Math.max(largest, order * loss[i] + logMass[i]);
    }
    double sum = 0;
    for (int i = 0; i < loss.length; i++) {
      sum += Math.exp(order * loss[i] + logMass[i] - largest);
    }
    return largest + Math.log(sum);
  }

  /** Deviation of the composed loss, from a second difference. */
  double deviation() {
    double step = 1e-3;
    return Math.sqrt(Math.max(1e-12, cumulant(2 * step) - 2 * cumulant(step))) / step;
  }

  /** Epsilon by Chernoff's bound at one order. */
  double epsilon(double order, double delta) {
    return (cumulant(order) - Math.log(delta)) / order;
  }

  /** Order that gives the least epsilon at {@code delta}. */
  double orderForDelta(double delta) {
    return minimiser(order -> epsilon(order, delta));
  }

  /** Order that gives the least delta at {@code epsilon}. */
  double orderForEpsilon(double epsilon) {
    return minimiser(order -> cumulant(order) - order * epsilon);
  }

  /**
   * Best of a coarse scan of orders, refined by golden section: there may be several local minima.
   */
  private static double minimiser(DoubleUnaryOperator bound) {
    double best = LEAST_ORDER;
    double least = Double.POSITIVE_INFINITY;
    for (double order = LEAST_ORDER; order < LARGEST_ORDER; order *= SCAN) {
      double value = bound.applyAsDouble(order);
      if (value < least) {
        least = value;
        best = order;
      }
    }
    return refine(bound, Math.log(best / SCAN), Math.log(best * SCAN));
  }

  private static double refine(DoubleUnaryOperator bound, double from, double to) {
    double ratio = 0.5 * (Math.sqrt(5) - 1);
    double low = from;
    double high = to;
    while (high - low > 0.05) {
      double a = high - ratio * (high - low);
      double b = low + ratio * (high - low);
      if (bound.applyAsDouble(Math.exp(a)) < bound.applyAsDouble(Math.exp(b))) {
        high = b;
      } else {
        low = a;
      }
    }
    return Math.exp(0.5 * (low + high));
  }
}
