package io.silenda.attest.pki;

import io.silenda.attest.AttestationException;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Certificates that have been proven to lead to a pinned root.
 *
 * @param anchor the root's key
 * @param certificates leaf first; ends with the root's certificate only if that was supplied
 */
public record CertificatePath(TrustAnchor anchor, List<X509CertificateHolder> certificates) {
  /** Copies the list. */
  public CertificatePath {
    certificates = List.copyOf(certificates);
  }

  /** The certificate that the path is about. */
  public X509CertificateHolder leaf() {
    return certificates.get(0);
  }

  /** The leaf's key; {@code role} names it in refusals. */
  public PublicKey leafKey(String role) throws AttestationException {
    return PublicKey.of(role, leaf().getSubjectPublicKeyInfo());
  }

  /**
   * The certificate that issued the {@code index}-th, where it was supplied; the root's is its own.
   */
  public X509CertificateHolder issuerOf(int index) {
    return certificates.get(Math.min(index + 1, certificates.size() - 1));
  }
}
