package io.silenda.attest.jwk;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Reason;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.VerificationMode;
import io.silenda.attest.encoding.Digests;
import io.silenda.attest.pki.PublicKey;
import io.silenda.attest.pki.TrustAnchor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A device's own key, for technologies without a vendor's chain (PSA, CCA, a bare TPM): the
 * verifier has to know it. A key that only came along with the evidence proves nothing about who
 * made it, so it has to be among the anchors of the caller; without that, a signature-only
 * verification goes on and reports the trust as not checked, and a full one refuses.
 */
public final class EndorsedKey {
  private EndorsedKey() {}

  /**
   * The key in the only one of {@code files}.
   *
   * @param role names the key in checks, such as {@code cpak}
   */
  public static PublicKey require(
      String role, List<EndorsementFile> files, VerificationContext context, CheckList checks)
      throws AttestationException {
    if (files.size() != 1) {
      throw new AttestationException(
          Reason.MISSING_CERTIFICATE, role, files.size() + " files", "one with a public key");
    }
    SubjectPublicKeyInfo info = KeyFile.parse(files.get(0));
    PublicKey key = PublicKey.of(role, info);
    requirePinned(role, info, context, checks);
    return key;
  }

  private static void requirePinned(
      String role, SubjectPublicKeyInfo info, VerificationContext context, CheckList checks)
      throws AttestationException {
    byte[] encoded = encoded(info);
    String seen = "key with SHA-256 " + HexFormat.of().formatHex(Digests.SHA_256.hash(encoded));
    List<TrustAnchor> anchors = context.anchorsOr(List.of());
    boolean pinned =
        anchors.stream().anyMatch(a -> Arrays.equals(a.subjectPublicKeyInfo(), encoded));
    if (pinned || !anchors.isEmpty() || context.mode() == VerificationMode.FULL) {
      checks.require(pinned, role + "-trust", Reason.UNTRUSTED_ROOT, seen, "a pinned key");
    } else {
      checks.notChecked(
          role + "-trust", Reason.UNTRUSTED_ROOT, seen + " came with the evidence", "a pinned key");
    }
  }

  private static byte[] encoded(SubjectPublicKeyInfo info) {
    try {
      return info.getEncoded("DER");
    } catch (IOException e) {
      throw new UncheckedIOException("a parsed key has an encoding", e);
    }
  }
}
