package io.silenda.attest.pki;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a chain is held against.
 *
 * @param anchors the roots, by key
 * @param time the caller's clock; without one, validity is reported as not checked
 */
public record ChainRules(List<TrustAnchor> anchors, Optional<Instant> time) {
  /** Copies the list. */
  public ChainRules {
    anchors = List.copyOf(anchors);
  }
}
