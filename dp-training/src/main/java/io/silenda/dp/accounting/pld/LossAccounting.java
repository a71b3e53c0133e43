package io.silenda.dp.accounting.pld;

import io.silenda.dp.accounting.pld.Composer.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Epsilon and delta of a composition of dominating pairs. Grids, tilts and windows are chosen from
 * a coarse estimate and widened until what they leave out is small beside the answer; every answer
 * is an upper bound whatever was chosen.
 */
public final class LossAccounting {
  private static final int COARSE_CELLS = 2000;
  private static final int MOST_CELLS = 200_000;

  /** Relative widening by the grid that is aimed at. */
  private static final double GRID_ERROR = 2e-4;

  // Share of the best order, and deviations of the window.
  private static final double[][] LOWER_TRIALS = {{0.6, 8}, {1, 12}, {0.3, 12}, {1, 30}, {0.6, 60}};

  private static final double LEFT_OUT = 1e-5;
  private static final double FOLDED_IN = 1e-3;
  private static final double GOOD_GUESS = 0.7;
  private static final double DEVIATIONS = 7.5;
  private static final int ATTEMPTS = 12;

  /** Never reported as zero: see {@code PrivacyAccountant}. */
  private static final double LEAST_EPSILON = 1e-12;

  /** A pair and how often it is met. */
  public record Use(DominatingPair pair, long count) {}

  private final List<Use> uses;

  /** Accounts for all of {@code uses}, in any order. */
  public LossAccounting(List<Use> uses) {
    if (uses.isEmpty()) {
      throw new IllegalArgumentException("uses must not be empty");
    }
    this.uses = List.copyOf(uses);
  }

  /** Upper bound of epsilon at {@code delta} in (0, 1). */
  public double epsilon(double delta) {
    Plan plan = plan(delta, false);
    Answer forward = search(delta, false, plan);
    double worst = Math.max(LEAST_EPSILON, forward.epsilon());
    if (!symmetric()) {
      // Any plan gives an upper bound: the first direction's is good enough where the other
      // direction is the lesser.
      double other = compose(true, forward.plan(), Double.NaN).epsilon(delta);
      if (other > worst) {
        worst = Math.max(worst, Math.min(other, search(delta, true, plan(delta, true)).epsilon()));
      }
    }
    return Math.min(worst, pureEpsilon());
  }

  /** Lower bound of the epsilon that any sound accountant may report at {@code delta}. */
  public double lowerEpsilon(double delta) {
    double best = 0;
    for (boolean reversed : directions()) {
      best = Math.max(best, lowerEpsilon(delta, reversed));
    }
    return best;
  }

  private double lowerEpsilon(double delta, boolean reversed) {
    CumulantEstimate estimate = estimate(delta, reversed);
    double full = estimate.orderForDelta(delta);
    double epsilon = estimate.epsilon(full, delta);
    double best = 0;
    // What a cyclic window folds in counts against a lower bound; which tilt keeps the tails short
    // depends on the loss.
    for (double[] trial : LOWER_TRIALS) {
      double order = trial[0] * full;
      double lag = Math.sqrt(0.5 * estimate.uses() * Math.log(1e3 / delta));
      double width = Math.min(widthForEpsilon(estimate, order, epsilon), 0.004 * epsilon / lag);
      width = Math.max(width, estimate.widest() / (4 * MOST_CELLS));
      Plan plan = new Plan(width, order, epsilon, delta);
      ComposedLoss composed = compose(reversed, plan, Double.NaN, trial[1]);
      best = Math.max(best, composed.lowerEpsilon(delta));
      double upper = composed.epsilon(delta);
      if (best > 0.99 * upper) {
        break;
      }
      if (upper < GOOD_GUESS * epsilon) {
        epsilon = upper;
        full = estimate.orderForEpsilon(epsilon);
      }
    }
    return best;
  }

  /** Upper bound of delta at {@code epsilon}, which must not be negative. */
  public double delta(double epsilon) {
    if (epsilon >= pureEpsilon()) {
      return 0;
    }
    double worst = 0;
    for (boolean reversed : directions()) {
      worst = Math.max(worst, delta(epsilon, reversed));
    }
    return worst;
  }

  /** Epsilon of pure privacy; infinite where there is none. */
  public double pureEpsilon() {
    return uses.stream().mapToDouble(use -> use.count() * use.pair().largestLoss()).sum();
  }

  private boolean[] directions() {
    return symmetric() ? new boolean[] {false} : new boolean[] {false, true};
  }

  private boolean symmetric() {
    return uses.stream().allMatch(use -> use.pair().symmetric());
  }

  private Plan plan(double delta, boolean reversed) {
    CumulantEstimate estimate = estimate(delta, reversed);
    double order = estimate.orderForDelta(delta);
    return plan(estimate, order, estimate.epsilon(order, delta), delta);
  }

  private Plan plan(CumulantEstimate estimate, double order, double guess, double delta) {
    // Where the loss is bounded, Chernoff's best order may be infinite.
    double useful = Math.min(order, 1 - 4 * Math.log(delta) / guess);
    return new Plan(snapped(widthForEpsilon(estimate, useful, guess)), useful, guess, delta);
  }

  /**
   * At most {@code width}, with the largest loss, where there is one, on the grid: often it has a
   * mass of its own.
   */
  private double snapped(double width) {
    double largest = uses.get(0).pair().largestLoss();
    return largest < Double.POSITIVE_INFINITY && largest > 0
        ? largest / Math.ceil(largest / width)
        : width;
  }

  private record Answer(double epsilon, Plan plan) {}

  /**
   * Composes as planned, and again where the planned guess was far off, as it is where one rare
   * event decides.
   */
  private Answer search(double delta, boolean reversed, Plan first) {
    Answer best = new Answer(Double.POSITIVE_INFINITY, first);
    Plan plan = first;
    for (int attempt = 0; attempt < 6; attempt++) {
      ComposedLoss composed = compose(reversed, plan, Double.NaN);
      double found = composed.epsilon(delta);
      if (found < 0.1 * plan.epsilon() && delta(0, reversed) <= delta) {
        return new Answer(LEAST_EPSILON, plan);
      }
      if (found < best.epsilon()) {
        best = new Answer(found, plan);
      }
      boolean inside = found > composed.bottom() + 2 * plan.width() || composed.bottom() <= 0;
      if (found < LEAST_EPSILON || (inside && found > GOOD_GUESS * plan.epsilon())) {
        return best;
      }
      CumulantEstimate estimate = estimate(delta, reversed);
      double guess = inside ? found : 0.25 * plan.epsilon();
      plan = plan(estimate, estimate.orderForEpsilon(guess), guess, delta);
    }
    return best;
  }

  private double delta(double epsilon, boolean reversed) {
    CumulantEstimate first = estimate(1e-10, reversed);
    double logDelta = logDelta(first, epsilon);
    CumulantEstimate estimate =
        logDelta < Math.log(1e-10) ? estimate(Math.exp(Math.max(-600, logDelta)), reversed) : first;
    double exponent = Math.max(-600, logDelta(estimate, epsilon));
    double order = estimate.orderForEpsilon(epsilon);
    if (epsilon > 0) {
      order = Math.min(order, 1 - 4 * exponent / epsilon);
    }
    double delta = Math.exp(exponent);
    // Where epsilon is small, delta changes on the scale of the loss's deviation.
    double steep = Math.max(order, 1 / estimate.deviation());
    double width = snapped(Math.sqrt(12 * GRID_ERROR / (estimate.uses() * steep * (steep + 1))));
    width = Math.max(width, estimate.widest() / MOST_CELLS);
    return compose(reversed, new Plan(width, order, epsilon, 1e-3 * delta), epsilon).delta(epsilon);
  }

  private static double logDelta(CumulantEstimate estimate, double epsilon) {
    double order = estimate.orderForEpsilon(epsilon);
    return Math.min(0, estimate.cumulant(order) - order * epsilon);
  }

  /** Width at which the added variance raises epsilon by {@link #GRID_ERROR} at most. */
  private static double widthForEpsilon(CumulantEstimate estimate, double order, double epsilon) {
    return Math.max(
        estimate.widest() / MOST_CELLS,
        Math.sqrt(12 * GRID_ERROR * epsilon / (estimate.uses() * (order + 1))));
  }

  private CumulantEstimate estimate(double delta, boolean reversed) {
    CumulantEstimate estimate = new CumulantEstimate();
    for (Use use : uses) {
      double tail = tailMass(delta);
      DominatingPair.Range range = use.pair().range(tail);
      double width = (range.high() - range.low()) / COARSE_CELLS;
      LossCells cells = use.pair().cells(width, tail);
      estimate.add(reversed ? cells.reversed() : cells, use.count());
    }
    return estimate;
  }

  /** Tail mass of one use that is negligible beside {@code delta}. */
  private double tailMass(double delta) {
    long total = uses.stream().mapToLong(Use::count).sum();
    return Math.max(1e-285, 1e-7 * delta / total);
  }

  private record Plan(double width, double order, double epsilon, double delta) {
    Plan wider() {
      return new Plan(2 * width, order, epsilon, delta);
    }
  }

  /**
   * Composes, on a wider grid where memory does not suffice, in a wider window where much is left
   * out.
   */
  private ComposedLoss compose(boolean reversed, Plan wanted, double mustReach) {
    return compose(reversed, wanted, mustReach, DEVIATIONS);
  }

  private ComposedLoss compose(
      boolean reversed, Plan wanted, double mustReach, double firstDeviations) {
    Plan plan = wanted;
    TooManyCellsException last = new TooManyCellsException(0);
    for (int attempt = 0; attempt < 4 * ATTEMPTS; attempt++) {
      try {
        Composer composer = new Composer(parts(plan, reversed), plan.order());
        double reach = Double.isNaN(mustReach) ? plan.epsilon() : mustReach;
        return widened(composer, plan, reach, firstDeviations);
      } catch (TooManyCellsException e) {
        last = e;
        plan = plan.wider();
      }
    }
    throw last;
  }

  /**
   * Widens the window until what lies outside is small beside delta: left out above it, which
   * raises delta for every epsilon, and folded into it, which raises delta far more where the tilt
   * is weak. What is folded in is only bounded, and often far below the bound: a window that leaves
   * out enough is used where a wider one would be too large.
   */
  private static ComposedLoss widened(
      Composer composer, Plan plan, double reach, double firstDeviations) {
    Optional<ComposedLoss> usable = Optional.empty();
    double deviations = firstDeviations;
    for (int widening = 0; ; widening++) {
      ComposedLoss composed;
      try {
        composed = composer.compose(deviations, reach - 2 * plan.width(), reach + 2 * plan.width());
      } catch (TooManyCellsException e) {
        return usable.orElseThrow(() -> e);
      }
      boolean complete = composed.above() <= LEFT_OUT * plan.delta();
      if ((complete && composed.foldedIn(reach) <= FOLDED_IN * plan.delta())
          || widening == ATTEMPTS) {
        return composed;
      }
      if (complete) {
        usable = Optional.of(composed);
      }
      deviations *= 1.5;
    }
  }

  private List<Part> parts(Plan plan, boolean reversed) {
    List<Part> parts = new ArrayList<>();
    for (Use use : uses) {
      LossCells cells = use.pair().cells(plan.width(), tailMass(plan.delta()));
      parts.add(
          new Part(
              LossDistribution.connectTheDots(reversed ? cells.reversed() : cells), use.count()));
    }
    return parts;
  }
}
