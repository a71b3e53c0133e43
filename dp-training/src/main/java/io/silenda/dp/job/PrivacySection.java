package io.silenda.dp.job;

import io.silenda.dp.accounting.Adjacency;
import io.silenda.dp.ledger.Budget;
import java.nio.file.Path;

/**
 * What the trained model may tell of one record. All are public constants.
 *
 * @param adjacency what one record more or less means
 * @param noise the target epsilon, or the noise itself
 * @param delta of the model's own guarantee
 * @param samplingRate probability with which each record enters a step
 * @param clippingNorm largest 2-norm of one record's gradient
 * @param ledger file of the data set's ledger
 * @param budget most that all jobs on these data may spend
 */
public record PrivacySection(
    Adjacency adjacency,
    NoiseChoice noise,
    double delta,
    double samplingRate,
    double clippingNorm,
    Path ledger,
    Budget budget) {
  private static final double LARGEST_EPSILON = 1000;

  /** How much noise. */
  public sealed interface NoiseChoice {
    /** The least noise that the accountant finds for this epsilon. */
    record TargetEpsilon(double epsilon) implements NoiseChoice {}

    /** Noise deviation over clipping norm. */
    record Multiplier(double noiseMultiplier) implements NoiseChoice {}
  }

  static PrivacySection from(Members members, Path folder) throws JobException {
    Adjacency adjacency = members.choice("adjacency", Adjacency.class);
    if (adjacency == Adjacency.ADD_REMOVE_USER) {
      throw members.refuse("adjacency", "add-remove, replace-one, replace-special");
    }
    double delta = members.number("delta", Range.above(0, 0.5));
    NoiseChoice noise = noise(members);
    double rate = members.number("sampling-rate", Range.above(0, 1));
    double norm = members.number("clipping-norm", Range.above(0, 1e6));
    Members ledger = members.object("ledger");
    Path file = DataSection.path(ledger, "file", folder);
    double epsilon = ledger.number("epsilon", Range.above(0, LARGEST_EPSILON));
    double budgetDelta = ledger.number("delta", Range.above(0, 0.5), delta);
    ledger.done();
    members.done();
    return new PrivacySection(
        adjacency, noise, delta, rate, norm, file, new Budget(epsilon, budgetDelta, adjacency));
  }

  private static NoiseChoice noise(Members members) throws JobException {
    boolean hasEpsilon = members.has("epsilon");
    boolean hasNoise = members.has("noise-multiplier");
    if (hasEpsilon && hasNoise) {
      throw members.refuse("noise-multiplier", "either epsilon or noise-multiplier");
    }
    return hasNoise
        ? new NoiseChoice.Multiplier(members.number("noise-multiplier", Range.from(0.01, 200)))
        : new NoiseChoice.TargetEpsilon(members.number("epsilon", Range.above(0, LARGEST_EPSILON)));
  }
}
