package io.silenda.infer.approx;

import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.GraphGradient;
import io.silenda.infer.graph.GraphInterpreter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Looks for the input on which polynomials change the answer most: projected gradient ascent from
 * the worst calibration rows, within the calibrated box. In the box, each element of the input lies
 * between its smallest and its largest on the rows, and no polynomial is given an argument outside
 * the interval that it was made for. Random rows find less than half of it, so a bound that rests
 * on them alone would be too low.
 */
public final class WorstCaseSearch {
  private static final int STARTS = 6;
  private static final int STEPS = 24;
  private static final double FIRST_STEP = 0.02;
  private static final double SMALLEST_STEP = 1e-4;
  private static final int MAX_ROWS = 120;

  private final GraphInterpreter exact;
  private final GraphInterpreter polynomial;
  private final GraphGradient exactGradient;
  private final GraphGradient polynomialGradient;
  private final Graph approximated;
  private final double[] low;
  private final double[] high;

  private WorstCaseSearch(Graph graph, Graph approximated, List<double[]> calibration) {
    this.approximated = approximated;
    this.exact = new GraphInterpreter(graph);
    this.polynomial = new GraphInterpreter(approximated);
    this.exactGradient = new GraphGradient(graph);
    this.polynomialGradient = new GraphGradient(approximated);
    this.low = calibration.get(0).clone();
    this.high = low.clone();
    for (double[] row : calibration) {
      for (int i = 0; i < row.length; i++) {
        low[i] = Math.min(low[i], row[i]);
        high[i] = Math.max(high[i], row[i]);
      }
    }
  }

  /**
   * The largest absolute difference of an answer that the search found.
   *
   * @param graph the network
   * @param approximated the same with polynomials
   * @param calibration rows that span the box, at least one
   */
  public static double largestError(Graph graph, Graph approximated, List<double[]> calibration) {
    return new WorstCaseSearch(graph, approximated, calibration).run(calibration);
  }

  private record Point(double[] row, int output, double sign, double error) {}

  private double run(List<double[]> calibration) {
    int stride = (calibration.size() + MAX_ROWS - 1) / MAX_ROWS;
    List<Point> starts = new ArrayList<>();
    for (int row = 0; row < calibration.size(); row += stride) {
      starts.add(point(calibration.get(row)));
    }
    starts.sort(Comparator.comparingDouble(Point::error).reversed());
    double largest = starts.get(0).error();
    for (Point start : starts.subList(0, Math.min(STARTS, starts.size()))) {
      largest = Math.max(largest, climb(start).error());
    }
    return largest;
  }

  private Point point(double[] row) {
    return point(row, exact.evaluate(row), polynomial.evaluate(row));
  }

  private static Point point(double[] row, double[] expected, double[] actual) {
    int worst = 0;
    for (int i = 1; i < actual.length; i++) {
      if (Math.abs(actual[i] - expected[i]) > Math.abs(actual[worst] - expected[worst])) {
        worst = i;
      }
    }
    double difference = actual[worst] - expected[worst];
    return new Point(row, worst, Math.signum(difference), Math.abs(difference));
  }

  private Point climb(Point start) {
    Point best = start;
    double step = FIRST_STEP;
    for (int i = 0; i < STEPS && step > SMALLEST_STEP; i++) {
      double[] moved = moved(best, gradient(best), step);
      Map<Integer, double[]> values = polynomial.evaluateAll(moved);
      double[] answer = valueOf(values, approximated.outputId());
      Point next = point(moved, exact.evaluate(moved), answer);
      if (next.error() > best.error() && RangeCheck.isInside(approximated, values)) {
        best = next;
      } else {
        step /= 2;
      }
    }
    return best;
  }

  private double[] gradient(Point point) {
    Map<Integer, double[]> values = polynomial.evaluateAll(point.row());
    double[] weights = new double[valueOf(values, approximated.outputId()).length];
    weights[point.output()] = point.sign();
    double[] gradient = polynomialGradient.of(values, weights);
    double[] other = exactGradient.of(exact.evaluateAll(point.row()), weights);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] -= other[i];
    }
    return gradient;
  }

  /** One step along the signs of the gradient, each element by a part of its own width. */
  private double[] moved(Point point, double[] gradient, double step) {
    double[] moved = point.row().clone();
    for (int i = 0; i < moved.length; i++) {
      double target = moved[i] + Math.signum(gradient[i]) * step * (high[i] - low[i]);
      moved[i] = Math.max(low[i], Math.min(high[i], target));
    }
    return moved;
  }

  private static double[] valueOf(Map<Integer, double[]> values, int node) {
    return Objects.requireNonNull(values.get(node), "node without a value");
  }
}
