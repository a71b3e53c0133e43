package io.silenda.attest.pki;

import io.silenda.attest.AttestationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * A root, pinned by its public key.
 *
 * @param name what refusals call it
 * @param subjectPublicKeyInfo the key, DER (RFC 5280, section 4.1.2.7)
 */
public record TrustAnchor(String name, byte[] subjectPublicKeyInfo) {
  /** Copies the key. */
  public TrustAnchor {
    subjectPublicKeyInfo = subjectPublicKeyInfo.clone();
  }

  /** The key of a certificate. */
  public static TrustAnchor of(String name, X509CertificateHolder certificate) {
    return new TrustAnchor(name, keyOf(certificate));
  }

  @Override
  public byte[] subjectPublicKeyInfo() {
    return subjectPublicKeyInfo.clone();
  }

  /** Whether this is the key of {@code certificate}. */
  boolean isKeyOf(X509CertificateHolder certificate) {
    return Arrays.equals(subjectPublicKeyInfo, keyOf(certificate));
  }

  /** The key, ready to verify with. */
  PublicKey publicKey() throws AttestationException {
    return PublicKey.of(name, SubjectPublicKeyInfo.getInstance(subjectPublicKeyInfo));
  }

  private static byte[] keyOf(X509CertificateHolder certificate) {
    try {
      return certificate.getSubjectPublicKeyInfo().getEncoded("DER");
    } catch (IOException e) {
      throw new UncheckedIOException("a parsed key has an encoding", e);
    }
  }
}
