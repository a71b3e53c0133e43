package io.silenda.attest.simulated;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Claims;
import io.silenda.attest.Evidence;
import io.silenda.attest.EvidenceVerifier;
import io.silenda.attest.Reason;
import io.silenda.attest.Tee;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.pki.TrustAnchor;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * Verifies SIMULATED evidence. Its claims always say that it is simulated, whatever the roots are.
 * Where the caller gives roots, the key must be one of them; without roots any key will do, since
 * there is nothing behind it anyway.
 */
public final class SimulatedVerifier implements EvidenceVerifier {
  @Override
  public Set<String> formats() {
    return Set.of(SimulatedReport.FORMAT);
  }

  @Override
  public Claims verify(Evidence evidence, VerificationContext context, CheckList checks)
      throws AttestationException {
    SimulatedEvidence read = SimulatedEvidence.parse(evidence.bytes());
    Claims claims = claims(read.report());
    checks.stated(claims);
    if (context.checksSignatures()) {
      requireSignature(read, checks);
      requireKnown(read.report().publicKey(), context.anchorsOr(List.of()), checks);
    }
    return claims;
  }

  private static void requireKnown(byte[] publicKey, List<TrustAnchor> anchors, CheckList checks)
      throws AttestationException {
    byte[] info = SimulatedRoot.subjectPublicKeyInfo(publicKey);
    boolean known =
        anchors.isEmpty()
            || anchors.stream().anyMatch(a -> Arrays.equals(a.subjectPublicKeyInfo(), info));
    checks.require(
        known,
        "simulated-key",
        Reason.UNTRUSTED_ROOT,
        "SIMULATED key " + HexFormat.of().formatHex(publicKey),
        anchors.isEmpty() ? "any key: no root is given" : "a key that is given as a root");
  }

  private static void requireSignature(SimulatedEvidence evidence, CheckList checks)
      throws AttestationException {
    byte[] message = evidence.report().signedBytes();
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(false, publicKey(evidence.report().publicKey()));
    signer.update(message, 0, message.length);
    boolean signed = signer.verifySignature(evidence.signature());
    checks.require(
        signed,
        "simulated-signature",
        Reason.EVIDENCE_SIGNATURE,
        "Ed25519 signature " + (signed ? "verifies" : "does not verify"),
        "a signature by the SIMULATED key");
  }

  private static Ed25519PublicKeyParameters publicKey(byte[] encoded) throws AttestationException {
    try {
      return new Ed25519PublicKeyParameters(encoded);
    } catch (IllegalArgumentException e) {
      throw new AttestationException(
          Reason.BAD_KEY, "simulated-key", "no point of Ed25519", "a public key");
    }
  }

  private static Claims claims(SimulatedReport report) {
    HexFormat hex = HexFormat.of();
    return Claims.builder(Tee.SIMULATED, SimulatedReport.FORMAT)
        .simulated(true)
        .measured("worker_digest", hex.formatHex(report.workerDigest()))
        .measured("report_data", hex.formatHex(report.reportData()))
        .nonce(hex.formatHex(report.reportData()))
        .platformId(hex.formatHex(report.publicKey()))
        .issuedAt(report.issuedAt())
        .build();
  }
}
