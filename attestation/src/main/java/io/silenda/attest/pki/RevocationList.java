package io.silenda.attest.pki;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Reason;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * A certificate revocation list (RFC 5280, section 5). Parsing proves nothing: {@link #verify}
 * first, then {@link #requireNotRevoked}. Immutable.
 */
public final class RevocationList {
  private final String role;
  private final X509CRLHolder crl;

  private RevocationList(String role, X509CRLHolder crl) {
    this.role = role;
    this.crl = crl;
  }

  /** Reads DER or PEM; {@code role} names the list in checks, such as {@code pck-crl}. */
  public static RevocationList parse(String role, byte[] bytes) throws AttestationException {
    try {
      byte[] der = Pem.looksLike(bytes) ? pemContent(role, bytes) : bytes;
      X509CRLHolder crl = new X509CRLHolder(der);
      if (!Arrays.equals(crl.toASN1Structure().getEncoded("DER"), der)) {
        throw bad(role, "bytes that are not DER, or that follow the list");
      }
      return new RevocationList(role, crl);
    } catch (IOException | RuntimeException e) {
      throw bad(role, "no certificate revocation list");
    }
  }

  /**
   * Proves that {@code issuer} issued this list and that it is current. Delta lists and lists of an
   * indirect issuer have critical extensions and are refused.
   */
  public void verify(X509CertificateHolder issuer, Optional<Instant> time, CheckList checks)
      throws AttestationException {
    try {
      requireIssuer(issuer);
      requireSignature(issuer);
      requireNoCriticalExtension();
      requireCurrent(time, checks);
    } catch (RuntimeException e) {
      throw bad(role, "a malformed list");
    }
  }

  /** Refuses a certificate that is on this list. */
  public void requireNotRevoked(
      String certificateRole, X509CertificateHolder certificate, CheckList checks)
      throws AttestationException {
    String serial = certificate.getSerialNumber().toString(16);
    boolean revoked;
    try {
      if (!certificate.getIssuer().equals(crl.getIssuer())) {
        throw new AttestationException(
            Reason.CRL_ISSUER, role, "list of " + crl.getIssuer(), "of " + certificate.getIssuer());
      }
      revoked = crl.getRevokedCertificate(certificate.getSerialNumber()) != null;
    } catch (RuntimeException e) {
      throw bad(role, "a malformed list");
    }
    checks.require(
        !revoked,
        certificateRole + "-revocation",
        Reason.CERTIFICATE_REVOKED,
        "serial " + serial + (revoked ? " on the list of " : " not on the list of ") + role,
        "not revoked");
  }

  /** When this list was issued. */
  public Instant thisUpdate() {
    return crl.getThisUpdate().toInstant();
  }

  private void requireIssuer(X509CertificateHolder issuer) throws AttestationException {
    Extension authority = crl.getExtension(Extension.authorityKeyIdentifier);
    Extension subject = issuer.getExtension(Extension.subjectKeyIdentifier);
    boolean sameKey = true;
    if (authority != null && subject != null) {
      byte[] wanted =
          AuthorityKeyIdentifier.getInstance(authority.getParsedValue()).getKeyIdentifierOctets();
      byte[] held = SubjectKeyIdentifier.getInstance(subject.getParsedValue()).getKeyIdentifier();
      sameKey = wanted == null || Arrays.equals(wanted, held);
    }
    if (!crl.getIssuer().equals(issuer.getSubject()) || !sameKey) {
      throw new AttestationException(
          Reason.CRL_ISSUER, role, "issued by " + crl.getIssuer(), "by " + issuer.getSubject());
    }
    Extension usage = issuer.getExtension(Extension.keyUsage);
    if (usage != null
        && !KeyUsage.getInstance(usage.getParsedValue()).hasUsages(KeyUsage.cRLSign)) {
      throw new AttestationException(
          Reason.NOT_AN_AUTHORITY, role, issuer.getSubject() + " as an issuer", "cRLSign");
    }
  }

  private void requireSignature(X509CertificateHolder issuer) throws AttestationException {
    CertificateList asn1 = crl.toASN1Structure();
    PublicKey key = PublicKey.of(role + " issuer", issuer.getSubjectPublicKeyInfo());
    boolean signed;
    try {
      signed =
          asn1.getSignatureAlgorithm().equals(asn1.getTBSCertList().getSignature())
              && X509Signatures.verify(
                  role,
                  asn1.getSignatureAlgorithm(),
                  key,
                  asn1.getTBSCertList().getEncoded(),
                  asn1.getSignature().getOctets());
    } catch (IOException e) {
      throw bad(role, "a malformed list");
    }
    if (!signed) {
      throw new AttestationException(
          Reason.CRL_SIGNATURE, role, "its signature does not verify", "signed by its issuer");
    }
  }

  private void requireNoCriticalExtension() throws AttestationException {
    for (Object oid : crl.getCriticalExtensionOIDs()) {
      throw new AttestationException(
          Reason.UNKNOWN_CRITICAL_EXTENSION,
          role,
          "critical extension " + ((ASN1ObjectIdentifier) oid).getId(),
          "none");
    }
  }

  private void requireCurrent(Optional<Instant> time, CheckList checks)
      throws AttestationException {
    if (crl.getNextUpdate() == null) {
      throw new AttestationException(Reason.BAD_CRL, role, "no next update", "a next update");
    }
    if (time.isEmpty()) {
      checks.notChecked(role, Reason.UNCHECKED, "no time was given", "a time to check at");
      return;
    }
    Instant now = time.get();
    Instant nextUpdate = crl.getNextUpdate().toInstant();
    if (now.isBefore(thisUpdate())) {
      throw new AttestationException(
          Reason.CRL_NOT_YET_VALID, role, "issued " + thisUpdate(), "not after " + now);
    }
    checks.require(
        !now.isAfter(nextUpdate),
        role,
        Reason.CRL_EXPIRED,
        "next update " + nextUpdate,
        "not before " + now);
  }

  private static byte[] pemContent(String role, byte[] pem) throws AttestationException {
    List<byte[]> blocks = new Pem(role, "X509 CRL", Reason.BAD_CRL).read(pem);
    if (blocks.size() != 1) {
      throw bad(role, blocks.size() + " lists");
    }
    return blocks.get(0);
  }

  private static AttestationException bad(String role, String seen) {
    return new AttestationException(Reason.BAD_CRL, role, seen, "a certificate revocation list");
  }
}
