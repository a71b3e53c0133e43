package io.silenda.attest.verifier;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Claims;
import io.silenda.attest.Evidence;
import io.silenda.attest.EvidenceVerifier;
import io.silenda.attest.Reason;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.sgx.SgxVerifier;
import io.silenda.attest.tdx.TdxVerifier;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Every format that this version verifies. Immutable and thread-safe. */
public final class EvidenceFormats {
  private static final EvidenceFormats ALL =
      new EvidenceFormats(List.of(new SgxVerifier(), new TdxVerifier()));

  private final Map<String, EvidenceVerifier> byFormat = new TreeMap<>();

  private EvidenceFormats(List<EvidenceVerifier> verifiers) {
    for (EvidenceVerifier verifier : verifiers) {
      for (String format : verifier.formats()) {
        if (byFormat.put(format, verifier) != null) {
          throw new IllegalStateException("two verifiers for " + format);
        }
      }
    }
  }

  /** All formats of this version. */
  public static EvidenceFormats all() {
    return ALL;
  }

  /** Names of the formats, sorted. */
  public SortedSet<String> names() {
    return new TreeSet<>(byFormat.keySet());
  }

  /**
   * Verifies evidence of any of the formats; does not appraise it.
   *
   * @throws AttestationException where the format is unknown or the evidence cannot be proven
   */
  public Claims verify(Evidence evidence, VerificationContext context, CheckList checks)
      throws AttestationException {
    EvidenceVerifier verifier = byFormat.get(evidence.format());
    if (verifier == null) {
      throw new AttestationException(
          Reason.UNKNOWN_FORMAT, "format", evidence.format(), String.join(", ", names()));
    }
    try {
      return verifier.verify(evidence, context, checks);
    } catch (RuntimeException e) {
      throw new AttestationException(
          Reason.INTERNAL, "structure", "input that " + e + " stopped", "well-formed evidence");
    }
  }
}
