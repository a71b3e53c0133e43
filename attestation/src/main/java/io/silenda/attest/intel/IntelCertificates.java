package io.silenda.attest.intel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Reason;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.pki.CertificateChains;
import io.silenda.attest.pki.CertificatePath;
import io.silenda.attest.pki.ChainRules;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Intel's chains and the roles in them, which are told by their common names ("SGX PCK Certificate
 * and Certificate Revocation List Profile Specification", section 1.3).
 */
final class IntelCertificates {
  private static final String PCK = "Intel SGX PCK Certificate";
  private static final String TCB_SIGNING = "Intel SGX TCB Signing";
  private static final Set<String> PCK_CAS =
      Set.of("Intel SGX PCK Platform CA", "Intel SGX PCK Processor CA");

  private IntelCertificates() {}

  /** The chain of a PCK: leaf, platform or processor CA, root. */
  static CertificatePath pck(
      List<X509CertificateHolder> chain, VerificationContext context, CheckList checks)
      throws AttestationException {
    CertificatePath path = path("pck", chain, context, checks);
    requireRole("pck-role", path.leaf(), Set.of(PCK), checks);
    requireLeaf(path.leaf());
    if (path.certificates().size() != 3) {
      throw new AttestationException(
          Reason.MISSING_CERTIFICATE,
          "pck-chain",
          path.certificates().size() + " certificates",
          "leaf, CA and root");
    }
    requireRole("pck-ca-role", path.certificates().get(1), PCK_CAS, checks);
    return path;
  }

  /** The chain of whoever signs TCB info and QE identities: leaf, root. */
  static CertificatePath tcbSigning(
      String role, List<X509CertificateHolder> chain, VerificationContext context, CheckList checks)
      throws AttestationException {
    CertificatePath path = path(role, chain, context, checks);
    requireRole(role + "-role", path.leaf(), Set.of(TCB_SIGNING), checks);
    requireLeaf(path.leaf());
    if (path.certificates().size() != 2) {
      throw new AttestationException(
          Reason.CERTIFICATE_ROLE,
          role + "-chain",
          path.certificates().size() + " certificates",
          "leaf and root");
    }
    return path;
  }

  private static CertificatePath path(
      String role, List<X509CertificateHolder> chain, VerificationContext context, CheckList checks)
      throws AttestationException {
    ChainRules rules = new ChainRules(context.anchorsOr(IntelRoots.pinned()), context.time());
    return CertificateChains.validate(role, chain, rules, checks);
  }

  private static void requireRole(
      String check, X509CertificateHolder certificate, Set<String> names, CheckList checks)
      throws AttestationException {
    String name = commonName(certificate.getSubject());
    checks.require(
        names.contains(name),
        check,
        Reason.CERTIFICATE_ROLE,
        "a certificate for " + name,
        "one for " + String.join(" or ", names.stream().sorted().toList()));
  }

  private static void requireLeaf(X509CertificateHolder certificate) throws AttestationException {
    Extension constraints = certificate.getExtension(Extension.basicConstraints);
    if (constraints != null && BasicConstraints.getInstance(constraints.getParsedValue()).isCA()) {
      throw new AttestationException(
          Reason.CERTIFICATE_ROLE,
          "leaf-role",
          certificate.getSubject() + " is an authority",
          "a certificate that may not issue others");
    }
  }

  private static String commonName(X500Name subject) {
    RDN[] names = subject.getRDNs(BCStyle.CN);
    return names.length == 1 ? IETFUtils.valueToString(names[0].getFirst().getValue()) : "";
  }
}
