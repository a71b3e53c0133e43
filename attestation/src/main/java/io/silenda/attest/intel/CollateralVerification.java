package io.silenda.attest.intel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Reason;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.intel.collateral.Collateral;
import io.silenda.attest.intel.collateral.QeIdentity;
import io.silenda.attest.intel.collateral.SignedText;
import io.silenda.attest.intel.collateral.TcbInfo;
import io.silenda.attest.pki.CertificatePath;
import io.silenda.attest.pki.Certificates;
import io.silenda.attest.pki.EcCurve;
import io.silenda.attest.pki.EcdsaSignatures;
import io.silenda.attest.pki.RevocationList;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;

/** Proves collateral: signatures, chains, both revocation lists, and that every part is current. */
final class CollateralVerification {
  private final VerificationContext context;
  private final CheckList checks;

  /**
   * Collateral that has been proven.
   *
   * @param oldestIssueDate when the oldest of TCB info, QE identity and PCK list was issued
   */
  record Verified(TcbInfo tcbInfo, QeIdentity qeIdentity, Instant oldestIssueDate) {}

  CollateralVerification(VerificationContext context, CheckList checks) {
    this.context = context;
    this.checks = checks;
  }

  /** Verifies {@code collateral} and that nothing in {@code pck} or of the signers is revoked. */
  Verified verify(Collateral collateral, CertificatePath pck) throws AttestationException {
    X509CertificateHolder root = pck.certificates().get(2);
    RevocationList rootList = RevocationList.parse("root-crl", collateral.rootCaCrl());
    rootList.verify(root, context.time(), checks);
    RevocationList pckList = RevocationList.parse("pck-crl", collateral.pckCrl());
    pckList.verify(pck.certificates().get(1), context.time(), checks);
    pckList.requireNotRevoked("pck", pck.leaf(), checks);
    rootList.requireNotRevoked("pck-ca", pck.certificates().get(1), checks);

    requireSignatures(collateral, rootList);
    TcbInfo tcbInfo = TcbInfo.parse(collateral.tcbInfo().text());
    QeIdentity qeIdentity = QeIdentity.parse(collateral.qeIdentity().text());
    requireCurrent(tcbInfo, qeIdentity);
    Instant oldest =
        List.of(tcbInfo.issueDate(), qeIdentity.issueDate(), pckList.thisUpdate()).stream()
            .min(Instant::compareTo)
            .orElseThrow();
    return new Verified(tcbInfo, qeIdentity, oldest);
  }

  private void requireSignatures(Collateral collateral, RevocationList rootList)
      throws AttestationException {
    SignedText tcbInfo = collateral.tcbInfo();
    SignedText qeIdentity = collateral.qeIdentity();
    CertificatePath tcbSigner = signer("tcb-info-signer", tcbInfo, rootList);
    requireSigned("tcb-info", Reason.TCB_INFO_SIGNATURE, tcbInfo, tcbSigner);
    // Both texts come with a chain of their own, which is the same one more often than not.
    CertificatePath qeSigner =
        Arrays.equals(tcbInfo.issuerChainPem(), qeIdentity.issuerChainPem())
            ? tcbSigner
            : signer("qe-identity-signer", qeIdentity, rootList);
    requireSigned("qe-identity", Reason.QE_IDENTITY_SIGNATURE, qeIdentity, qeSigner);
  }

  private CertificatePath signer(String role, SignedText text, RevocationList rootList)
      throws AttestationException {
    CertificatePath signer =
        IntelCertificates.tcbSigning(
            role, Certificates.parsePem(role, text.issuerChainPem()), context, checks);
    rootList.requireNotRevoked(role, signer.leaf(), checks);
    return signer;
  }

  private void requireSigned(String what, Reason reason, SignedText text, CertificatePath signer)
      throws AttestationException {
    String check = what + "-signature";
    checks.require(
        EcdsaSignatures.verify(
            check, EcCurve.P256, signer.leafKey(what + " signer"), text.bytes(), text.signature()),
        check,
        reason,
        "signature over the text as it stands",
        "one by the TCB signing key");
  }

  private void requireCurrent(TcbInfo tcbInfo, QeIdentity qeIdentity) throws AttestationException {
    requireCurrent(
        "tcb-info-validity",
        tcbInfo.issueDate(),
        tcbInfo.nextUpdate(),
        Reason.TCB_INFO_NOT_YET_VALID,
        Reason.TCB_INFO_EXPIRED);
    requireCurrent(
        "qe-identity-validity",
        qeIdentity.issueDate(),
        qeIdentity.nextUpdate(),
        Reason.QE_IDENTITY_NOT_YET_VALID,
        Reason.QE_IDENTITY_EXPIRED);
  }

  private void requireCurrent(
      String check, Instant issued, Instant nextUpdate, Reason early, Reason late)
      throws AttestationException {
    if (context.time().isEmpty()) {
      checks.notChecked(check, Reason.UNCHECKED, "no time was given", "a time to check at");
      return;
    }
    Instant now = context.time().get();
    if (now.isBefore(issued)) {
      throw new AttestationException(early, check, "issued " + issued, "not after " + now);
    }
    checks.require(
        !now.isAfter(nextUpdate), check, late, "next update " + nextUpdate, "not before " + now);
  }
}
