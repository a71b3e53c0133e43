package io.silenda.dp.accounting.pld;

import io.silenda.dp.accounting.pld.RealFft.Spectrum;
import java.util.ArrayList;
import java.util.List;

/**
 * Composes loss distributions by one cyclic convolution of exponentially tilted masses.
 *
 * <p>Tilting by exp(order * loss) turns the far tail that decides about delta into the bulk, so
 * that the transform's error is small beside the answer and not beside one. A cyclic convolution
 * adds outcomes that lie outside of the window to points inside: that only raises delta. What it
 * may lose, mass above the window, is bounded by Chernoff and counted as infinite loss.
 */
final class Composer {
  /** Points of a window. */
  static final int LARGEST_WINDOW = 1 << 22;

  // exp(-45) is below the rounding of a sum of all coefficients.
  private static final double NEGLIGIBLE_LOG = -45;

  /** One distribution, used {@code count} times. */
  record Part(LossDistribution distribution, long count) {}

  private final List<Part> parts;
  private final double order;
  private final List<double[]> tilted = new ArrayList<>();
  private final double width;
  private double logScale;
  private double mean;
  private double variance;
  private double infinite;
  private double slack;
  private double raised;
  private double lowest;
  private double highest;

  Composer(List<Part> parts, double order) {
    this.parts = List.copyOf(parts);
    this.order = order;
    width = parts.get(0).distribution().width;
    double survives = 0;
    for (Part part : parts) {
      LossDistribution each = part.distribution();
      long count = part.count();
      tilt(each, count);
      survives += count * Math.log1p(-Math.min(1 - 1e-16, each.infinite));
      slack += count * each.slack;
      raised += count * each.raised;
      lowest += (double) count * each.first;
      highest += (double) count * each.last();
    }
    infinite = -Math.expm1(survives) * (1 + 1e-9);
  }

  private void tilt(LossDistribution each, long count) {
    double logMoment = each.logMoment(order);
    double[] values = new double[each.mass.length];
    double first = 0;
    double second = 0;
    for (int i = 0; i < values.length; i++) {
      if (each.mass[i] > 0) {
        values[i] = each.mass[i] * Math.exp(order * each.loss(i) - logMoment);
        first += values[i] * each.loss(i);
      }
    }
    for (int i = 0; i < values.length; i++) {
      second += values[i] * (each.loss(i) - first) * (each.loss(i) - first);
    }
    tilted.add(values);
    logScale += count * logMoment;
    mean += count * first;
    variance += count * second;
  }

  /**
   * Composes on a window of {@code deviations} deviations around the tilted mean that also reaches
   * from {@code low} to {@code high}.
   *
   * @throws TooManyCellsException if the window has too many points
   */
  ComposedLoss compose(double deviations, double low, double high) {
    double reach = deviations * Math.sqrt(variance) + 2 * width;
    double from = Math.max(lowest, Math.floor(Math.min(mean - reach, low) / width));
    double to = Math.min(highest, Math.ceil(Math.max(mean + reach, high) / width));
    double points = Math.max(4, to - from + 1);
    if (!(points <= LARGEST_WINDOW)) {
      throw new TooManyCellsException(points);
    }
    int length = Integer.highestOneBit((int) points - 1) * 2;
    double spare = Math.floor((length - points) / 2);
    long start = (long) Math.max(lowest, from - spare);
    double[] values;
    double error;
    if (parts.size() == 1 && parts.get(0).count() == 1) {
      values = tilted.get(0);
      start = parts.get(0).distribution().first;
      error = 0;
    } else {
      values = new double[length];
      error = convolve(values, start);
    }
    double top = (start + values.length - 1.0) * width;
    double above = start + values.length - 1.0 >= highest ? 0 : massAbove(top);
    return new ComposedLoss(this, values, start, error, above);
  }

  /**
   * Fills {@code values} with tilted masses from {@code start} on; returns the bound on the 2-norm
   * of its error.
   */
  private double convolve(double[] values, long start) {
    RealFft fft = RealFft.ofLength(values.length);
    double each = RealFft.relativeError(values.length);
    double error = 1e-17;
    Spectrum product = null;
    for (int j = 0; j < parts.size(); j++) {
      double[] folded = new double[values.length];
      LossDistribution distribution = parts.get(j).distribution();
      fold(tilted.get(j), distribution.first, folded);
      error += parts.get(j).count() * (each * norm(folded) + 8 * 0x1p-53);
      Spectrum spectrum = fft.forward(folded);
      raise(spectrum, parts.get(j).count());
      product = product == null ? spectrum : multiply(product, spectrum);
    }
    double[] cyclic = fft.inverse(java.util.Objects.requireNonNull(product));
    int turn = (int) Math.floorMod(start, (long) values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0, cyclic[(i + turn) & (values.length - 1)]);
    }
    return 2 * (error + each * norm(values));
  }

  private static void fold(double[] source, long first, double[] target) {
    int at = (int) Math.floorMod(first, (long) target.length);
    for (double value : source) {
      target[at] += value;
      at = (at + 1) & (target.length - 1);
    }
  }

  /**
   * Every coefficient to the power of {@code count}, by squaring; what is negligible becomes zero.
   */
  private static void raise(Spectrum spectrum, long count) {
    double[] re = spectrum.re();
    double[] im = spectrum.im();
    double least = Math.exp(2 * NEGLIGIBLE_LOG / count);
    for (int k = 0; k < re.length; k++) {
      double x = re[k];
      double y = im[k];
      if (x * x + y * y < least) {
        re[k] = 0;
        im[k] = 0;
        continue;
      }
      double px = 1;
      double py = 0;
      for (long left = count; left > 0; left >>= 1) {
        if ((left & 1) == 1) {
          double t = px * x - py * y;
          py = px * y + py * x;
          px = t;
        }
        double t = x * x - y * y;
        y = 2 * x * y;
        x = t;
      }
      re[k] = px;
      im[k] = py;
    }
  }

  private static Spectrum multiply(Spectrum a, Spectrum b) {
    for (int k = 0; k < a.re().length; k++) {
      double x = a.re()[k] * b.re()[k] - a.im()[k] * b.im()[k];
      a.im()[k] = a.re()[k] * b.im()[k] + a.im()[k] * b.re()[k];
      a.re()[k] = x;
    }
    return a;
  }

  private static double norm(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  /** Chernoff's bound on the probability of a composed loss above {@code top}. */
  private double massAbove(double top) {
    double least = logScale - order * top;
    for (double step : steps()) {
      least = Math.min(least, cumulant(order + step) - (order + step) * top);
    }
    return Math.exp(least) * (1 + 1e-6);
  }

  /** Bound on the tilted mass above {@code top} and below {@code bottom}, by Chernoff. */
  double tiltedMassOutside(double bottom, double top) {
    double above = top >= highest() ? Double.NEGATIVE_INFINITY : 0;
    double below = bottom <= lowest * width ? Double.NEGATIVE_INFINITY : 0;
    for (double step : steps()) {
      above = Math.min(above, cumulant(order + step) - logScale - step * top);
      below = Math.min(below, cumulant(order - step) - logScale + step * bottom);
    }
    return Math.min(1, (Math.exp(above) + Math.exp(below)) * (1 + 1e-6));
  }

  private double[] steps() {
    double deviation = Math.sqrt(variance);
    return new double[] {2 / deviation, 4 / deviation, 8 / deviation};
  }

  private double cumulant(double at) {
    double sum = 0;
    for (Part part : parts) {
      sum += part.count() * part.distribution().logMoment(at);
    }
    return sum;
  }

  double order() {
    return order;
  }

  double width() {
    return width;
  }

  double logScale() {
    return logScale;
  }

  double infinite() {
    return infinite;
  }

  double slack() {
    return slack;
  }

  double raised() {
    return raised;
  }

  double lowest() {
    return lowest * width;
  }

  double highest() {
    return highest * width;
  }

  long uses() {
    return parts.stream().mapToLong(Part::count).sum();
  }
}
