package io.silenda.dp.accounting.rdp;

/**
 * Renyi divergence at a fixed set of orders, what follows of it, and the curve of repeated
 * selection. Immutable.
 */
public final class RenyiCurve {
  private static final double LEAST_CONVERTED = 1.01;

  private static final double[] ORDERS = orders();

  private final double[] divergences;

  private RenyiCurve(double[] divergences) {
    this.divergences = divergences;
  }

  /** 1.1, 1.2, ..., 10.9, 11, 12, ..., 63, 128, 256, 512, 1024. */
  private static double[] orders() {
    double[] orders = new double[99 + 53 + 4];
    int n = 0;
    for (int x = 1; x < 100; x++) {
      orders[n++] = 1 + x / 10.0;
    }
    for (int order = 11; order < 64; order++) {
      orders[n++] = order;
    }
    for (int order = 128; order <= 1024; order *= 2) {
      orders[n++] = order;
    }
    return orders;
  }

  /** The curve of a divergence given order by order; rounding is covered by one part in 10^12. */
  public static RenyiCurve of(java.util.function.DoubleUnaryOperator divergence) {
    double[] divergences = new double[ORDERS.length];
    for (int i = 0; i < ORDERS.length; i++) {
      divergences[i] = divergence.applyAsDouble(ORDERS[i]) * (1 + 1e-12);
    }
    return new RenyiCurve(divergences);
  }

  /** Divergences of a composition add up. */
  public RenyiCurve plus(RenyiCurve other) {
    double[] sum = new double[ORDERS.length];
    for (int i = 0; i < ORDERS.length; i++) {
      sum[i] = divergences[i] + other.divergences[i];
    }
    return new RenyiCurve(sum);
  }

  /** The curve of {@code count} uses. */
  public RenyiCurve times(double count) {
    double[] product = new double[ORDERS.length];
    for (int i = 0; i < ORDERS.length; i++) {
      product[i] = count * divergences[i];
    }
    return new RenyiCurve(product);
  }

  /**
   * Least epsilon at {@code delta} over all orders (Canonne, Kamath, Steinke 2020, proposition 12).
   */
  public double epsilon(double delta) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < ORDERS.length; i++) {
      double order = ORDERS[i];
      if (order > LEAST_CONVERTED && divergences[i] >= 0) {
        double epsilon =
            divergences[i] + Math.log1p(-1 / order) - Math.log(delta * order) / (order - 1);
        least = Math.min(least, epsilon);
      }
    }
    return Math.max(0, least);
  }

  /**
   * Least delta at {@code epsilon} over all orders; also by Bretagnolle and Huber's bound of the
   * total variation.
   */
  public double delta(double epsilon) {
    double least = 0;
    for (int i = 0; i < ORDERS.length; i++) {
      double order = ORDERS[i];
      double log = 0.5 * Math.log(-Math.expm1(-divergences[i]));
      if (order > LEAST_CONVERTED) {
        double exponent = (order - 1) * (divergences[i] - epsilon + Math.log1p(-1 / order));
        log = Math.min(log, exponent - Math.log(order));
      }
      least = Math.min(least, log);
    }
    return Math.exp(least);
  }

  /**
   * The best of a number of runs that follows a truncated negative binomial (Papernot, Steinke
   * 2022, theorem 2).
   */
  public RenyiCurve bestOfNegativeBinomial(double mean, double shape) {
    double gamma = Selection.gamma(mean, shape);
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < ORDERS.length; i++) {
      double order = ORDERS[i];
      least = Math.min(least, (1 - 1 / order) * divergences[i] - Math.log(gamma) / order);
    }
    double[] selected = new double[ORDERS.length];
    for (int i = 0; i < ORDERS.length; i++) {
      selected[i] = divergences[i] + (1 + shape) * least + Math.log(mean) / (ORDERS[i] - 1);
    }
    return new RenyiCurve(selected);
  }

  /** The best of a Poisson number of runs (Papernot, Steinke 2022, theorem 6). */
  public RenyiCurve bestOfPoisson(double mean) {
    double[] selected = new double[ORDERS.length];
    for (int i = 0; i < ORDERS.length; i++) {
      double delta = delta(Math.log1p(1 / (ORDERS[i] - 1)));
      selected[i] = divergences[i] + mean * delta + Math.log(mean) / (ORDERS[i] - 1);
    }
    return new RenyiCurve(selected);
  }
}
