package io.silenda.attest.snp;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Reason;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.pki.CertificateChains;
import io.silenda.attest.pki.CertificatePath;
import io.silenda.attest.pki.ChainRules;
import io.silenda.attest.pki.PublicKey;
import io.silenda.attest.pki.RevocationList;
import io.silenda.attest.pki.TrustAnchor;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * A VCEK or VLEK that has been proven to come from AMD: its chain leads to a pinned ARK of the
 * product that it names.
 *
 * @param kind by the certificate's common name
 */
record EndorsementKey(
    SigningKey kind, PublicKey publicKey, VekExtensions extensions, CertificatePath path) {
  /** VEK, ASK or ASVK, ARK; the ARK may be left out. */
  private static final int LONGEST_CHAIN = 3;

  private static final int ISSUER = 1;

  static EndorsementKey verify(
      AmdEndorsements endorsements, VerificationContext context, CheckList checks)
      throws AttestationException {
    List<X509CertificateHolder> chain = endorsements.certificates();
    if (chain.size() < 2 || chain.size() > LONGEST_CHAIN) {
      throw new AttestationException(
          Reason.MISSING_CERTIFICATE,
          "vek-chain",
          chain.size() + " certificates",
          "endorsement key, its issuer and the root");
    }
    CertificatePath path =
        CertificateChains.validate(
            "vek",
            chain,
            new ChainRules(context.anchorsOr(AmdRoots.all()), context.time()),
            checks);
    SigningKey kind = kind(path.leaf());
    VekExtensions extensions = VekExtensions.of(path.leaf());
    requireProduct(path, kind, extensions.product(), checks);
    requireKindOf(kind, extensions);
    checkRevocation(path, endorsements.lists(), context, checks);
    return new EndorsementKey(kind, path.leafKey("vek"), extensions, path);
  }

  private static SigningKey kind(X509CertificateHolder leaf) throws AttestationException {
    String name = commonName(leaf);
    for (SigningKey kind : SigningKey.values()) {
      if (kind.commonName().equals(name)) {
        return kind;
      }
    }
    throw new AttestationException(
        Reason.CERTIFICATE_ROLE, "vek-role", "certificate of " + name, "SEV-VCEK or SEV-VLEK");
  }

  /**
   * [KDS] section 1.2: a VCEK is issued by SEV-(product), a VLEK by SEV-VLEK-(product), both by
   * ARK-(product).
   */
  private static void requireProduct(
      CertificatePath path, SigningKey kind, SnpProduct product, CheckList checks)
      throws AttestationException {
    String prefix = kind == SigningKey.VCEK ? "SEV-" : "SEV-VLEK-";
    String wanted = prefix + product.label();
    String issuer = commonName(path.certificates().get(ISSUER));
    checks.require(issuer.equals(wanted), "vek-issuer", Reason.CERTIFICATE_ROLE, issuer, wanted);
    TrustAnchor anchor = path.anchor();
    Optional<SnpProduct> rootProduct = AmdRoots.productOf(anchor);
    if (rootProduct.isPresent()) {
      checks.require(
          rootProduct.get() == product,
          "vek-root",
          Reason.SNP_PRODUCT_MISMATCH,
          anchor.name(),
          "ARK-" + product.label());
    }
  }

  private static void requireKindOf(SigningKey kind, VekExtensions extensions)
      throws AttestationException {
    boolean complete =
        kind == SigningKey.VCEK
            ? extensions.hardwareId().isPresent() && extensions.cloudProvider().isEmpty()
            : extensions.hardwareId().isEmpty() && extensions.cloudProvider().isPresent();
    if (!complete) {
      throw new AttestationException(
          Reason.CERTIFICATE_ROLE,
          "vek-role",
          "extensions of another kind of key",
          kind == SigningKey.VCEK ? "hwID and no cspID" : "cspID and no hwID");
    }
  }

  /**
   * The ARK's list covers what the ARK issued, the key's issuer. Nobody lists endorsement keys:
   * their serial is 0.
   */
  private static void checkRevocation(
      CertificatePath path,
      List<RevocationList> lists,
      VerificationContext context,
      CheckList checks)
      throws AttestationException {
    if (lists.isEmpty() || !context.checksCollateral()) {
      checks.notChecked(
          "ask-revocation",
          Reason.MISSING_CRL,
          lists.isEmpty() ? "no revocation list was supplied" : "mode " + context.mode().code(),
          "one of the ARK");
      return;
    }
    if (path.certificates().size() < LONGEST_CHAIN) {
      throw new AttestationException(
          Reason.MISSING_CERTIFICATE,
          AmdEndorsements.CRL_ROLE,
          "no certificate of the ARK",
          "the list's issuer");
    }
    for (RevocationList list : lists) {
      list.verify(path.issuerOf(ISSUER), context.time(), checks);
      list.requireNotRevoked("ask", path.certificates().get(ISSUER), checks);
    }
  }

  private static String commonName(X509CertificateHolder certificate) {
    RDN[] names = certificate.getSubject().getRDNs(BCStyle.CN);
    return names.length == 1 ? names[0].getFirst().getValue().toString() : "";
  }
}
