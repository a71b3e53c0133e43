package io.silenda.dp.accounting;

import io.silenda.dp.accounting.AccountingException.Reason;
import java.util.function.DoubleFunction;

/** Least noise that reaches a target, by any accountant. */
public final class Calibration {
  private static final double LEAST = 1e-3;
  private static final double LARGEST = 1e7;
  private static final double PRECISION = 2e-4;
  private static final int ATTEMPTS = 60;

  private Calibration() {}

  /**
   * A noise multiplier at which {@code accountant} itself reports at most {@code epsilon}, and that
   * is at most 0.02 % above the least such one.
   *
   * @param event the mechanism at a noise multiplier, the more private the larger that is
   * @throws AccountingException if the accountant refuses the event, or no noise from 0.001 to 10^7
   *     reaches the target
   */
  public static double noise(
      PrivacyAccountant accountant,
      DoubleFunction<PrivacyEvent> event,
      Adjacency adjacency,
      double epsilon,
      double delta)
      throws AccountingException {
    Arguments.positive("epsilon", epsilon);
    Arguments.positive("delta", delta);
    Arguments.fraction("delta", delta);
    Search search = new Search(accountant, event, adjacency, epsilon, delta);
    search.bracket(1);
    search.refine();
    return search.high;
  }

  /** Secant steps on logarithms between a noise that does not suffice and one that does. */
  private static final class Search {
    private final PrivacyAccountant accountant;
    private final DoubleFunction<PrivacyEvent> event;
    private final Adjacency adjacency;
    private final double target;
    private final double delta;
    private double low = Double.NaN;
    private double atLow;
    private double high = Double.NaN;
    private double atHigh;

    Search(
        PrivacyAccountant accountant,
        DoubleFunction<PrivacyEvent> event,
        Adjacency adjacency,
        double target,
        double delta) {
      this.accountant = accountant;
      this.event = event;
      this.adjacency = adjacency;
      this.target = target;
      this.delta = delta;
    }

    void bracket(double start) throws AccountingException {
      double noise = start;
      for (double factor = 1.5; ; factor = Math.min(100, factor * factor)) {
        place(noise);
        if (low > 0 && high > 0) {
          return;
        }
        if (noise <= LEAST || noise >= LARGEST) {
          throw new AccountingException(
              Reason.TARGET_OUT_OF_REACH,
              "no noise multiplier from "
                  + LEAST
                  + " to "
                  + LARGEST
                  + " gives epsilon "
                  + target
                  + " at delta "
                  + delta);
        }
        noise = Math.min(LARGEST, Math.max(LEAST, high > 0 ? noise / factor : noise * factor));
      }
    }

    /** Takes {@code noise} as the nearer end of the bracket on its side. */
    private void place(double noise) throws AccountingException {
      double reached = epsilon(noise);
      if (reached <= target) {
        high = noise;
        atHigh = reached;
      } else {
        low = noise;
        atLow = reached;
      }
    }

    private double epsilon(double noise) throws AccountingException {
      try {
        return accountant.epsilon(event.apply(noise), adjacency, delta);
      } catch (AccountingException e) {
        if (e.reason() == Reason.NO_FINITE_EPSILON || e.reason() == Reason.TOO_LARGE) {
          return Double.POSITIVE_INFINITY;
        }
        throw e;
      }
    }

    void refine() throws AccountingException {
      for (int i = 0; i < ATTEMPTS && high / low > 1 + PRECISION; i++) {
        double width = Math.log(high / low);
        double share = 0.5;
        if (atLow < Double.POSITIVE_INFINITY && i % 4 != 3) {
          share = Math.log(atLow / target) / Math.log(atLow / atHigh);
        }
        // A little to either side in turn, so that both ends close in.
        double nudge = (i % 2 == 0 ? 0.4 : -0.4) * PRECISION / width;
        share = Math.min(0.98, Math.max(0.02, share + nudge));
        place(low * Math.exp(share * width));
      }
    }
  }
}
