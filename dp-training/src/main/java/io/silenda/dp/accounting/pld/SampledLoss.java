package io.silenda.dp.accounting.pld;

/** Losses of (1 - rate) Q + rate P against Q from those of P against Q, and back. */
final class SampledLoss {
  private static final double OVERFLOWING = 600;

  private SampledLoss() {}

  static double of(double rate, double loss) {
    if (rate == 1) {
      return loss;
    }
    return loss > OVERFLOWING ? loss + Math.log(rate) : Math.log1p(rate * Math.expm1(loss));
  }

  /** Minus infinity where no loss gives so little. */
  static double inverse(double rate, double sampled) {
    if (rate == 1) {
      return sampled;
    }
    if (sampled > OVERFLOWING) {
      return sampled - Math.log(rate);
    }
    double inner = Math.expm1(sampled) / rate;
    return inner <= -1 ? Double.NEGATIVE_INFINITY : Math.log1p(inner);
  }
}
