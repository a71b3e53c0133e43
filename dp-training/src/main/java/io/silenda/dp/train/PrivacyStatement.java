package io.silenda.dp.train;

import io.silenda.dp.accounting.Adjacency;
import io.silenda.dp.accounting.PrivacyEvent;
import java.util.List;

/**
 * What a run may claim for its weights.
 *
 * @param epsilon infinite where nothing may be claimed
 * @param adjacency what neighbouring data sets are
 * @param events what was done, the steps before a resume included; empty without privacy
 * @param secretNoise false for noise from a test seed: then nothing is private, whatever epsilon
 *     the events would have
 */
public record PrivacyStatement(
    double epsilon,
    double delta,
    Adjacency adjacency,
    List<PrivacyEvent> events,
    double noiseMultiplier,
    boolean secretNoise) {
  /** Copies the list. */
  public PrivacyStatement {
    events = List.copyOf(events);
  }

  /** Whether (epsilon, delta) may be claimed. */
  public boolean isPrivate() {
    return secretNoise && !events.isEmpty();
  }

  /** One line for a reader. */
  public String text() {
    if (events.isEmpty()) {
      return "NOT PRIVATE: trained without noise";
    }
    String claim = "(" + epsilon + ", " + delta + ")-differentially private under " + adjacency;
    return secretNoise ? claim : "NOT PRIVATE: test seed (with secret noise: " + claim + ")";
  }
}
