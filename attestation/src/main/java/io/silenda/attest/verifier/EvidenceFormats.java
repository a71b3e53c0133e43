package io.silenda.attest.verifier;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Claims;
import io.silenda.attest.Evidence;
import io.silenda.attest.EvidenceVerifier;
import io.silenda.attest.Reason;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.azure.AzureVerifier;
import io.silenda.attest.cca.CcaVerifier;
import io.silenda.attest.nitro.NitroVerifier;
import io.silenda.attest.nvidia.NvidiaGpuVerifier;
import io.silenda.attest.psa.PsaVerifier;
import io.silenda.attest.sgx.SgxVerifier;
import io.silenda.attest.simulated.SimulatedVerifier;
import io.silenda.attest.snp.SnpVerifier;
import io.silenda.attest.snp.VekCertificateVerifier;
import io.silenda.attest.tdx.TdxVerifier;
import io.silenda.attest.tpm.TpmVerifier;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Every format that this version verifies. Immutable and thread-safe. */
public final class EvidenceFormats {
  private static final EvidenceFormats ALL =
      new EvidenceFormats(
          List.of(
              new SgxVerifier(),
              new TdxVerifier(),
              new SnpVerifier(),
              new VekCertificateVerifier(),
              new NitroVerifier(),
              new PsaVerifier(),
              new CcaVerifier(),
              new TpmVerifier(),
              new AzureVerifier(new SnpVerifier(), new TdxVerifier()),
              new NvidiaGpuVerifier(),
              new SimulatedVerifier()));

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
      if (!context.checksSignatures()) {
        checks.notChecked(
            "evidence-signature",
            Reason.NOT_VERIFIED,
            "mode " + context.mode().code(),
            "evidence that is proven");
      }
      return verifier.verify(evidence, context, checks);
    } catch (RuntimeException e) {
      throw new AttestationException(
          Reason.INTERNAL, "structure", "input that " + e + " stopped", "well-formed evidence");
    }
  }
}
