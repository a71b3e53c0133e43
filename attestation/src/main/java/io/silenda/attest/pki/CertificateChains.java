package io.silenda.attest.pki;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Path validation after RFC 5280, section 6, with the simplifications that device certificates
 * allow: no names are constrained and no policies are mapped, so a critical extension that would
 * ask for that is refused. Each link is judged by itself; nothing carries over from one to the
 * next.
 */
public final class CertificateChains {
  private static final Set<ASN1ObjectIdentifier> UNDERSTOOD =
      Set.of(Extension.basicConstraints, Extension.keyUsage, Extension.extendedKeyUsage);

  private CertificateChains() {}

  /**
   * Validates a chain up to a pinned root.
   *
   * @param role what the chain is for, such as {@code pck}: names the checks
   * @param leafFirst the certificates; the root's own may be there or not; what follows it is
   *     refused
   * @return the path, cut to the certificates that are part of it
   */
  public static CertificatePath validate(
      String role, List<X509CertificateHolder> leafFirst, ChainRules rules, CheckList checks)
      throws AttestationException {
    if (leafFirst.isEmpty()) {
      throw new AttestationException(
          Reason.MISSING_CERTIFICATE, role + "-chain", "no certificate", "leaf and issuers");
    }
    TrustAnchor anchor = requirePath(role, leafFirst, rules);
    checks.passed(role + "-chain", describe(leafFirst), "a chain to " + anchor.name());
    if (rules.time().isEmpty()) {
      checks.notChecked(
          role + "-chain-validity", Reason.UNCHECKED, "no time was given", "a time to check at");
    } else {
      checks.passed(role + "-chain-validity", "valid at " + rules.time().get(), "valid");
    }
    return new CertificatePath(anchor, leafFirst);
  }

  private static TrustAnchor requirePath(
      String role, List<X509CertificateHolder> leafFirst, ChainRules rules)
      throws AttestationException {
    try {
      TrustAnchor anchor = anchorOf(role, leafFirst, rules);
      for (int i = 0; i < leafFirst.size(); i++) {
        X509CertificateHolder certificate = leafFirst.get(i);
        requireUnderstood(role, certificate);
        requireValid(role, certificate, rules.time());
        if (i + 1 < leafFirst.size()) {
          requireIssued(role, certificate, leafFirst.get(i + 1), i);
        } else {
          requireSignedBy(role, certificate, anchor.publicKey());
        }
      }
      return anchor;
    } catch (RuntimeException e) {
      // Bouncy Castle parses extensions, names and keys only when they are asked for.
      throw new AttestationException(
          Reason.BAD_CERTIFICATE, role + "-chain", "a malformed certificate", "X.509");
    }
  }

  /** The last certificate must hold a pinned key, or be signed by one. */
  private static TrustAnchor anchorOf(
      String role, List<X509CertificateHolder> leafFirst, ChainRules rules)
      throws AttestationException {
    X509CertificateHolder last = leafFirst.get(leafFirst.size() - 1);
    for (TrustAnchor anchor : rules.anchors()) {
      if (anchor.isKeyOf(last)) {
        return anchor;
      }
    }
    for (TrustAnchor anchor : rules.anchors()) {
      if (!isSelfIssued(last) && mayBeSignedBy(role, last, anchor)) {
        return anchor;
      }
    }
    throw new AttestationException(
        Reason.UNTRUSTED_ROOT,
        role + "-chain",
        "a chain that ends at " + last.getSubject(),
        "one that ends at a pinned key: "
            + String.join(", ", rules.anchors().stream().map(TrustAnchor::name).toList()));
  }

  /** Anchors may have keys of other kinds than the one that signed. */
  private static boolean mayBeSignedBy(
      String role, X509CertificateHolder certificate, TrustAnchor anchor) {
    try {
      return isSignedBy(role, certificate, anchor.publicKey());
    } catch (AttestationException e) {
      return false;
    }
  }

  private static void requireIssued(
      String role, X509CertificateHolder certificate, X509CertificateHolder issuer, int below)
      throws AttestationException {
    if (!certificate.getIssuer().equals(issuer.getSubject())) {
      throw new AttestationException(
          Reason.CERTIFICATE_ISSUER,
          role + "-chain",
          certificate.getSubject() + " issued by " + certificate.getIssuer(),
          "issued by " + issuer.getSubject());
    }
    requireAuthority(role, issuer, below);
    requireSignedBy(
        role, certificate, PublicKey.of(role + " issuer", issuer.getSubjectPublicKeyInfo()));
  }

  /** RFC 5280, section 6.1.4 (k) to (n). */
  private static void requireAuthority(String role, X509CertificateHolder issuer, int below)
      throws AttestationException {
    BasicConstraints constraints =
        extension(issuer, Extension.basicConstraints)
            .map(BasicConstraints::getInstance)
            .orElseGet(() -> new BasicConstraints(false));
    Optional<KeyUsage> usage = extension(issuer, Extension.keyUsage).map(KeyUsage::getInstance);
    boolean mayIssue =
        constraints.isCA()
            && (constraints.getPathLenConstraint() == null
                || constraints.getPathLenConstraint().longValueExact() >= below)
            && (usage.isEmpty() || usage.get().hasUsages(KeyUsage.keyCertSign));
    if (!mayIssue) {
      throw new AttestationException(
          Reason.NOT_AN_AUTHORITY,
          role + "-chain",
          issuer.getSubject() + " as an issuer",
          "an issuer that is a certificate authority, with a path long enough");
    }
  }

  private static void requireSignedBy(
      String role, X509CertificateHolder certificate, PublicKey issuer)
      throws AttestationException {
    if (!isSignedBy(role, certificate, issuer)) {
      throw new AttestationException(
          Reason.CERTIFICATE_SIGNATURE,
          role + "-chain",
          "signature of " + certificate.getSubject() + " does not verify",
          "a signature by its issuer");
    }
  }

  private static boolean isSignedBy(
      String role, X509CertificateHolder certificate, PublicKey issuer)
      throws AttestationException {
    Certificate asn1 = certificate.toASN1Structure();
    if (!asn1.getSignatureAlgorithm().equals(asn1.getTBSCertificate().getSignature())) {
      return false;
    }
    return X509Signatures.verify(
        role + "-chain",
        asn1.getSignatureAlgorithm(),
        issuer,
        encoded(asn1.getTBSCertificate()),
        certificate.getSignature());
  }

  private static byte[] encoded(TBSCertificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException("a parsed certificate has an encoding", e);
    }
  }

  private static void requireValid(
      String role, X509CertificateHolder certificate, Optional<Instant> time)
      throws AttestationException {
    if (time.isEmpty()) {
      return;
    }
    Instant notBefore = certificate.getNotBefore().toInstant();
    Instant notAfter = certificate.getNotAfter().toInstant();
    if (time.get().isBefore(notBefore)) {
      throw validity(role, certificate, Reason.CERTIFICATE_NOT_YET_VALID, "from " + notBefore);
    }
    if (time.get().isAfter(notAfter)) {
      throw validity(role, certificate, Reason.CERTIFICATE_EXPIRED, "until " + notAfter);
    }
  }

  private static AttestationException validity(
      String role, X509CertificateHolder certificate, Reason reason, String bound) {
    return new AttestationException(
        reason,
        role + "-chain-validity",
        certificate.getSubject() + " is valid " + bound,
        "valid at the time of the check");
  }

  private static void requireUnderstood(String role, X509CertificateHolder certificate)
      throws AttestationException {
    for (Object oid : certificate.getCriticalExtensionOIDs()) {
      if (!UNDERSTOOD.contains(oid)) {
        throw new AttestationException(
            Reason.UNKNOWN_CRITICAL_EXTENSION,
            role + "-chain",
            certificate.getSubject() + " has the critical extension " + oid,
            "none but basicConstraints, keyUsage and extendedKeyUsage");
      }
    }
  }

  private static Optional<ASN1Encodable> extension(
      X509CertificateHolder certificate, ASN1ObjectIdentifier oid) {
    return Optional.ofNullable(certificate.getExtension(oid)).map(Extension::getParsedValue);
  }

  private static boolean isSelfIssued(X509CertificateHolder certificate) {
    return certificate.getSubject().equals(certificate.getIssuer());
  }

  private static String describe(List<X509CertificateHolder> leafFirst) {
    return String.join(" < ", leafFirst.stream().map(CertificateChains::name).toList());
  }

  private static String name(X509CertificateHolder certificate) {
    return certificate.getSubject().toString();
  }
}
