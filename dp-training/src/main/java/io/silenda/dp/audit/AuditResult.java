package io.silenda.dp.audit;

import java.util.Locale;

/**
 * What an audit found.
 *
 * @param canaries records that took part by a coin
 * @param guesses canaries for which a guess was made
 * @param right guesses that were right
 * @param epsilonLowerBound no run with a smaller epsilon lets so many guesses be right
 * @param confidence with which that is so
 */
public record AuditResult(
    int canaries, int guesses, int right, double epsilonLowerBound, double confidence) {
  /** Whether the claim is refuted. */
  public boolean refutes(double claimedEpsilon) {
    return epsilonLowerBound > claimedEpsilon;
  }

  /** One line beside the claim. */
  public String text(double claimedEpsilon) {
    return String.format(
        Locale.ROOT,
        "audit with %d canaries: %d of %d guesses right, so epsilon is at least %.3f at %.0f %%"
            + " confidence; claimed %.3f: %s",
        canaries,
        right,
        guesses,
        epsilonLowerBound,
        100 * confidence,
        claimedEpsilon,
        refutes(claimedEpsilon) ? "REFUTED" : "not refuted");
  }
}
