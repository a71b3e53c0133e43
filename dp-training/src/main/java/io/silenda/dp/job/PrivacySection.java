package io.silenda.dp.job;

import io.silenda.dp.accounting.Adjacency;
import io.silenda.dp.job.MechanismSection.FixedOrder;
import io.silenda.dp.ledger.Budget;
import io.silenda.dp.train.Clipping;
import io.silenda.dp.train.PrivacyTarget;
import java.nio.file.Path;
import java.util.List;

/**
 * What the trained model may tell of one record. All are public constants.
 *
 * @param adjacency what one record more or less means
 * @param target the target epsilon, or the noise itself
 * @param mechanism how records enter steps, and noise them
 * @param clipping bound on one record's gradient
 * @param ledger file of the data set's ledger
 * @param budget most that all jobs on these data may spend
 */
public record PrivacySection(
    Adjacency adjacency,
    PrivacyTarget target,
    MechanismSection mechanism,
    Clipping clipping,
    Path ledger,
    Budget budget) {
  private static final double LARGEST_EPSILON = 1000;
  private static final Range NORM = Range.from(1e-4, 1e4);

  /** Kinds of clipping. */
  private enum ClippingKind {
    FLAT,
    PER_LAYER,
    ADAPTIVE
  }

  static PrivacySection from(Members members, Path folder) throws JobException {
    Adjacency adjacency = members.choice("adjacency", Adjacency.class);
    if (adjacency == Adjacency.ADD_REMOVE_USER) {
      throw members.refuse("adjacency", "add-remove, replace-one, replace-special");
    }
    double delta = members.number("delta", Range.from(1e-100, 0.1));
    PrivacyTarget target = target(members, delta);
    MechanismSection mechanism = MechanismSection.from(members);
    Clipping clipping = clipping(members);
    if (mechanism instanceof FixedOrder) {
      requireFixed(members, adjacency, clipping);
    }
    Members ledger = members.object("ledger");
    Path file = DataSection.path(ledger, "file", folder);
    double epsilon = ledger.number("epsilon", Range.above(0, LARGEST_EPSILON));
    double budgetDelta = ledger.number("delta", Range.from(1e-100, 0.1), delta);
    ledger.done();
    members.done();
    return new PrivacySection(
        adjacency, target, mechanism, clipping, file, new Budget(epsilon, budgetDelta, adjacency));
  }

  /** A place in an order is kept only by who is replaced; a shared noise needs one norm. */
  private static void requireFixed(Members members, Adjacency adjacency, Clipping clipping)
      throws JobException {
    if (adjacency == Adjacency.ADD_REMOVE) {
      throw members.refuse("adjacency", "replace-one, replace-special: batches have an order");
    }
    if (clipping instanceof Clipping.Adaptive) {
      throw members.refuse("clipping", "flat or per-layer, as noise is shared by many steps");
    }
  }

  private static PrivacyTarget target(Members members, double delta) throws JobException {
    boolean hasEpsilon = members.has("epsilon");
    if (!members.has("noise-multiplier")) {
      double epsilon = members.number("epsilon", Range.from(1e-4, LARGEST_EPSILON));
      return new PrivacyTarget.Epsilon(epsilon, delta);
    }
    if (hasEpsilon) {
      throw members.refuse("noise-multiplier", "either epsilon or noise-multiplier");
    }
    double noise = members.number("noise-multiplier", Range.from(0.01, 200));
    return new PrivacyTarget.NoiseMultiplier(noise, delta);
  }

  private static Clipping clipping(Members members) throws JobException {
    Members clipping = members.object("clipping");
    Clipping chosen =
        switch (clipping.choice("kind", ClippingKind.class)) {
          case FLAT -> new Clipping.Flat(clipping.number("norm", NORM));
          case PER_LAYER -> new Clipping.PerLayer(norms(clipping));
          case ADAPTIVE ->
              new Clipping.Adaptive(
                  clipping.number("initial-norm", NORM),
                  clipping.number("quantile", Range.from(0, 1), 0.5),
                  clipping.number("rate", Range.from(1e-6, 1), 0.2),
                  clipping.number("count-noise", Range.from(0.1, 100)));
        };
    clipping.done();
    return chosen;
  }

  private static List<Double> norms(Members clipping) throws JobException {
    return clipping.numbers("norms", NORM);
  }
}
