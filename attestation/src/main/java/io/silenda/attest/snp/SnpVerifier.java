package io.silenda.attest.snp;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Claims;
import io.silenda.attest.Evidence;
import io.silenda.attest.EvidenceVerifier;
import io.silenda.attest.Reason;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.pki.EcCurve;
import io.silenda.attest.pki.EcdsaSignatures;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * Verifies SEV-SNP attestation reports. Endorsements: certificate of the VCEK or VLEK, of its
 * issuer and of the ARK, and the ARK's revocation list. Without a list, revocation is reported as
 * not checked.
 */
public final class SnpVerifier implements EvidenceVerifier {
  private static final String FORMAT = "snp-report-v";

  @Override
  public Set<String> formats() {
    return new TreeSet<>(Set.of(FORMAT + 2, FORMAT + 3, FORMAT + 5));
  }

  @Override
  public Claims verify(Evidence evidence, VerificationContext context, CheckList checks)
      throws AttestationException {
    SnpReport report = SnpReportParser.parse(evidence.bytes());
    checks.require(
        evidence.format().equals(FORMAT + report.version()),
        "snp-version",
        Reason.UNSUPPORTED_VERSION,
        "report version " + report.version(),
        evidence.format());
    if (!context.checksSignatures()) {
      return SnpClaims.unproven(evidence.format(), report);
    }
    return verifyReport(report, evidence, context, checks);
  }

  private static Claims verifyReport(
      SnpReport report, Evidence evidence, VerificationContext context, CheckList checks)
      throws AttestationException {
    EndorsementKey key =
        EndorsementKey.verify(AmdEndorsements.parse(evidence.endorsements()), context, checks);
    checks.require(
        key.kind() == report.signingKey(),
        "snp-signing-key",
        Reason.SNP_SIGNING_KEY,
        "report signed by " + report.signingKey() + ", certificate of a " + key.kind(),
        "the same");
    requireSignature(report, key, checks);
    Claims claims = SnpClaims.proven(evidence.format(), report, key.extensions());
    checks.signed(claims);
    SnpRules.check(report, key.extensions(), checks);
    return claims;
  }

  private static void requireSignature(SnpReport report, EndorsementKey key, CheckList checks)
      throws AttestationException {
    byte[] r = report.signatureR();
    byte[] rs = Arrays.copyOf(r, 2 * r.length);
    System.arraycopy(report.signatureS(), 0, rs, r.length, r.length);
    boolean signed =
        EcdsaSignatures.verify(
            "snp-signature", EcCurve.P384, key.publicKey(), report.signedBytes(), rs);
    checks.require(
        signed,
        "snp-signature",
        Reason.EVIDENCE_SIGNATURE,
        "ECDSA P-384 signature " + (signed ? "verifies" : "does not verify"),
        "a signature by the " + key.kind());
  }
}
