package io.silenda.dp.accounting.pld;

/**
 * A composed loss distribution on a window, and what it says of delta at an epsilon and the other
 * way round. Upper bounds add what lies above the window, infinite loss, the transform's error and
 * rounding; lower bounds take all that away.
 */
final class ComposedLoss {
  // Sums of up to 2^23 positive terms and the exponentials in them.
  private static final double SUM_ERROR = 1e-8;

  private final Composer source;
  private final double[] tilted;
  private final long start;
  private final double error;
  private final double above;

  ComposedLoss(Composer source, double[] tilted, long start, double error, double above) {
    this.source = source;
    this.tilted = tilted;
    this.start = start;
    this.error = error;
    this.above = above;
  }

  /** What delta can never fall below, whatever epsilon is. */
  double floor() {
    return source.infinite() + above;
  }

  /** Mass above the window, bounded. */
  double above() {
    return above;
  }

  /** Bound on how far delta at an epsilon is raised by what lies outside of the window. */
  double foldedIn(double epsilon) {
    double top = loss(tilted.length - 1);
    return source.tiltedMassOutside(bottom(), top)
        * Math.exp(source.logScale() - source.order() * epsilon);
  }

  double bottom() {
    return start * source.width();
  }

  /** Upper bound of delta at an epsilon: 1 where the window does not reach down to it. */
  double delta(double epsilon) {
    double shifted = epsilon - source.slack();
    // What lies below the window was folded into it, and its weight there is too small.
    if (shifted < bottom() && bottom() > source.lowest()) {
      return 1;
    }
    Tail tail = new Tail();
    int i = tilted.length;
    while (i > 0 && loss(i - 1) > shifted) {
      i--;
      tail.take(tilted[i]);
    }
    if (i == tilted.length) {
      return Math.min(1, floor());
    }
    double finite = tail.delta(i, shifted) * (1 + SUM_ERROR);
    return Math.min(1, floor() + finite + transformError(shifted));
  }

  /**
   * Upper bound of the least epsilon at which delta is at most {@code delta}; at least the window's
   * bottom.
   */
  double epsilon(double delta) {
    double left = delta - floor();
    if (left <= 0) {
      return Double.POSITIVE_INFINITY;
    }
    Tail tail = new Tail();
    for (int i = tilted.length - 1; i > 0; i--) {
      tail.take(tilted[i]);
      double lower = loss(i - 1);
      double allowed = (left - transformError(lower)) / (1 + SUM_ERROR);
      // Not a number where the bound on the transform's error is none.
      if (Double.isNaN(allowed)) {
        return Double.POSITIVE_INFINITY;
      }
      if (tail.delta(i, lower) > allowed) {
        double found = allowed <= 0 ? loss(i) : tail.epsilon(i, allowed);
        return Math.min(loss(i), Math.max(lower, found)) + source.slack();
      }
      if (lower <= 0) {
        break;
      }
    }
    return Math.max(bottom(), 0) + source.slack();
  }

  /**
   * Lower bound of every epsilon for which (epsilon, delta) privacy holds.
   *
   * <p>Each use's discretised loss is its loss plus independent noise of range one cell and mean at
   * most width^2 / 8. By Hoeffding the sum exceeds the true one by more than {@code lag} with a
   * probability of at most {@code miss}; so true delta(e) is at least the discretised delta(e +
   * lag) - miss.
   */
  double lowerEpsilon(double delta) {
    double miss = 1e-3 * delta;
    long uses = source.uses();
    double width = source.width();
    double spread = width * Math.sqrt(0.5 * uses * Math.log(1 / miss));
    double drift = uses * (width * width / 8 * (1 + width) + 1e-4 * width * width + 1e-12);
    double lag = Math.min(uses * width, spread + drift) + 2 * source.slack();
    double needed = delta + miss + source.raised();
    double top = loss(tilted.length - 1);
    double folded = source.tiltedMassOutside(bottom(), top);
    Tail tail = new Tail();
    for (int i = tilted.length - 1; i > 0; i--) {
      tail.take(tilted[i]);
      double lower = loss(i - 1);
      double sure =
          tail.delta(i, lower) * (1 - SUM_ERROR)
              - transformError(lower)
              - folded * Math.exp(source.logScale() - source.order() * lower);
      if (sure >= needed) {
        return Math.max(0, lower - lag);
      }
    }
    return 0;
  }

  /**
   * Bound on the error of delta(epsilon) by that of the transform: Cauchy and Schwarz with the
   * weights exp(-order * loss) of losses above epsilon.
   */
  private double transformError(double epsilon) {
    if (error == 0) {
      return 0;
    }
    double weights = 1 / Math.sqrt(-Math.expm1(-2 * source.order() * source.width()));
    return error * weights * Math.exp(source.logScale() - source.order() * epsilon);
  }

  private double loss(int i) {
    return (start + i) * source.width();
  }

  /**
   * Sums over all losses from a grid point on: masses, and masses times exp(-loss), both relative
   * to that point.
   */
  private final class Tail {
    private final double fade = Math.exp(-source.order() * source.width());
    private final double fadeMore = Math.exp(-(source.order() + 1) * source.width());
    private double masses;
    private double discounted;

    void take(double mass) {
      masses = mass + masses * fade;
      discounted = mass + discounted * fadeMore;
    }

    /** Delta at an epsilon between grid points i - 1 and i. */
    double delta(int i, double epsilon) {
      double log = source.logScale() - source.order() * loss(i);
      return Math.max(0, masses - Math.exp(epsilon - loss(i)) * discounted) * Math.exp(log);
    }

    /** Inverse of {@link #delta}. */
    double epsilon(int i, double delta) {
      double log = source.logScale() - source.order() * loss(i);
      return loss(i) + Math.log((masses - delta / Math.exp(log)) / discounted);
    }
  }
}
