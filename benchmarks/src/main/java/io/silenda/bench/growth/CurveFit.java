package io.silenda.bench.growth;

import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * A curve through points, by least squares: a power law (on logarithms) or a straight line,
 * whichever leaves less; a line only where it starts above zero.
 *
 * @param form {@code power} for {@code a·x^b}, {@code line} for {@code a + b·x}
 * @param a nanoseconds
 * @param b exponent or slope
 * @param residual root mean square of the relative distances of the points from the curve
 */
public record CurveFit(String form, double a, double b, double residual) {
  private static final int FEWEST_POINTS = 3;

  /**
   * Fits.
   *
   * @param x positive, at least three different ones
   * @param y positive, as many
   * @throws IllegalArgumentException if there are fewer, or any is not positive
   */
  public static CurveFit of(double[] x, double[] y) {
    if (x.length != y.length || x.length < FEWEST_POINTS) {
      throw new IllegalArgumentException(
          "x and y have " + x.length + " and " + y.length + " points, need three or more");
    }
    if (!IntStream.range(0, x.length).allMatch(i -> x[i] > 0 && y[i] > 0)) {
      throw new IllegalArgumentException("x or y has a value that is not positive");
    }
    return Stream.of(power(x, y), line(x, y))
        .filter(fit -> fit.form.equals("power") || fit.a > 0)
        .min(Comparator.comparingDouble(CurveFit::residual))
        .orElseThrow();
  }

  private static CurveFit power(double[] x, double[] y) {
    SimpleRegression regression = new SimpleRegression();
    for (int i = 0; i < x.length; i++) {
      regression.addData(Math.log(x[i]), Math.log(y[i]));
    }
    CurveFit fit =
        new CurveFit("power", Math.exp(regression.getIntercept()), regression.getSlope(), 0);
    return fit.withResidual(x, y);
  }

  /** Weighted so that relative distances count: otherwise the largest points alone would decide. */
  private static CurveFit line(double[] x, double[] y) {
    double w = 0;
    double wx = 0;
    double wy = 0;
    double wxx = 0;
    double wxy = 0;
    for (int i = 0; i < x.length; i++) {
      double weight = 1 / (y[i] * y[i]);
      w += weight;
      wx += weight * x[i];
      wy += weight * y[i];
      wxx += weight * x[i] * x[i];
      wxy += weight * x[i] * y[i];
    }
    double slope = (w * wxy - wx * wy) / (w * wxx - wx * wx);
    return new CurveFit("line", (wy - slope * wx) / w, slope, 0).withResidual(x, y);
  }

  private CurveFit withResidual(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double relative = at(x[i]) / y[i] - 1;
      sum += relative * relative;
    }
    return new CurveFit(form, a, b, Math.sqrt(sum / x.length));
  }

  /** The curve's value. */
  public double at(double x) {
    return form.equals("power") ? a * Math.pow(x, b) : a + b * x;
  }

  /** For people, in milliseconds. */
  public String text() {
    return form.equals("power")
        ? String.format(Locale.ROOT, "%.3g ms · x^%.2f", a / 1e6, b)
        : String.format(
            Locale.ROOT, "%.3g ms %s %.3g ms · x", a / 1e6, b < 0 ? "−" : "+", Math.abs(b) / 1e6);
  }
}
