package io.silenda.infer.approx;

import java.util.OptionalDouble;

/**
 * How far the answers of a network with approximated activations may be from its own, on the
 * calibration rows.
 *
 * @param minAgreement part of the rows whose decision must stay: the largest column, or the sign
 *     where there is one column; one row is always allowed to change
 * @param maxRelativeError largest root mean square error, relative to the standard deviation of the
 *     answers
 * @param maxAbsError largest absolute error of any answer; empty sets no bound
 * @param margin by which part of the observed width each end of an activation's range is moved
 *     outwards, for rows unlike the calibration rows
 */
public record AccuracyBudget(
    double minAgreement, double maxRelativeError, OptionalDouble maxAbsError, double margin) {
  private static final double MAX_MARGIN = 10;

  /** Checks the ranges. */
  public AccuracyBudget {
    require(minAgreement >= 0 && minAgreement <= 1, "minAgreement", minAgreement, "0..1");
    require(maxRelativeError > 0, "maxRelativeError", maxRelativeError, "above 0");
    require(margin >= 0 && margin <= MAX_MARGIN, "margin", margin, "0.." + MAX_MARGIN);
    double bound = maxAbsError.orElse(1);
    require(bound > 0, "maxAbsError", bound, "above 0");
  }

  /** 98 % of the decisions, an error of 15 % of the answers' deviation, a quarter as margin. */
  public static AccuracyBudget standard() {
    return new AccuracyBudget(0.98, 0.15, OptionalDouble.empty(), 0.25);
  }

  /** The same with a bound on the absolute error. */
  public AccuracyBudget withMaxAbsError(double bound) {
    return new AccuracyBudget(minAgreement, maxRelativeError, OptionalDouble.of(bound), margin);
  }

  /** The same with another margin. */
  public AccuracyBudget withMargin(double part) {
    return new AccuracyBudget(minAgreement, maxRelativeError, maxAbsError, part);
  }

  boolean allows(AnswerError error) {
    int allowed = Math.max(1, (int) Math.floor((1 - minAgreement) * error.rows()));
    return error.changedDecisions() <= allowed
        && error.relativeError() <= maxRelativeError
        && error.maxAbsError() <= maxAbsError.orElse(Double.POSITIVE_INFINITY);
  }

  private static void require(boolean holds, String name, double value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ", must be in " + range);
    }
  }
}
