package io.silenda.attest;

import io.silenda.attest.pki.TrustAnchor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the caller decides about a verification.
 *
 * @param mode how far to go
 * @param time the caller's clock; without one, nothing that depends on time is checked, and each
 *     such check is reported as not made
 * @param anchors roots to trust instead of the vendors' own; empty for the vendors' own
 */
public record VerificationContext(
    VerificationMode mode, Optional<Instant> time, Optional<List<TrustAnchor>> anchors) {
  /** Copies the roots. */
  public VerificationContext {
    anchors = anchors.map(List::copyOf);
  }

  /** A full verification at {@code time} under the vendors' roots. */
  public static VerificationContext full(Instant time) {
    return new VerificationContext(VerificationMode.FULL, Optional.of(time), Optional.empty());
  }

  /** The roots to trust, where {@code vendor} are the built-in ones of the technology. */
  public List<TrustAnchor> anchorsOr(List<TrustAnchor> vendor) {
    return anchors.orElse(vendor);
  }

  /** Whether signatures are to be checked. */
  public boolean checksSignatures() {
    return mode != VerificationMode.PARSE_ONLY;
  }

  /** Whether collateral and revocation lists are to be checked. */
  public boolean checksCollateral() {
    return mode == VerificationMode.FULL;
  }
}
