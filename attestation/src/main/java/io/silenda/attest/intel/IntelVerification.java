package io.silenda.attest.intel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Claims;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Reason;
import io.silenda.attest.TcbStatus;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.intel.collateral.PckExtensions;
import io.silenda.attest.intel.collateral.QeIdentity;
import io.silenda.attest.intel.collateral.SoftwareLevel;
import io.silenda.attest.intel.collateral.TcbInfo;
import io.silenda.attest.intel.quote.EnclaveReport;
import io.silenda.attest.intel.quote.Quote;
import io.silenda.attest.intel.quote.TdReport;
import io.silenda.attest.intel.tcb.ModuleMatch;
import io.silenda.attest.intel.tcb.TcbEvaluation;
import io.silenda.attest.intel.tcb.TcbResult;
import io.silenda.attest.pki.CertificatePath;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Verifies an Intel quote as far as the mode asks, and adds what it proves to the claims. */
public final class IntelVerification {
  private static final List<String> OF_COLLATERAL =
      List.of("root-crl", "pck-crl", "tcb-info-signature", "qe-identity-signature", "tcb-level");

  private final VerificationContext context;
  private final CheckList checks;

  /** Verifies under {@code context} and notes each check in {@code checks}. */
  public IntelVerification(VerificationContext context, CheckList checks) {
    this.context = context;
    this.checks = checks;
  }

  /** Verifies {@code quote} with the files that came with it. */
  public void verify(Quote quote, List<EndorsementFile> files, Claims.Builder claims)
      throws AttestationException {
    if (!context.checksSignatures()) {
      skipped(List.of("pck-chain", "qe-report-signature", "quote-signature"));
      skipped(OF_COLLATERAL);
      return;
    }
    CertificatePath pck =
        IntelCertificates.pck(
            PckChain.find(quote.signature().certificationData(), files), context, checks);
    QuoteSignatures.verify(quote, pck.leafKey("PCK"), checks);
    PckExtensions platform = PckExtensions.of(pck.leaf());
    checks.signed(claims.build());
    if (context.checksCollateral()) {
      addFindings(quote, files, pck, platform, claims);
    } else {
      IntelFindings.addPlatform(platform, claims);
      skipped(OF_COLLATERAL);
    }
  }

  private void addFindings(
      Quote quote,
      List<EndorsementFile> files,
      CertificatePath pck,
      PckExtensions platform,
      Claims.Builder claims)
      throws AttestationException {
    try {
      findings(quote, files, pck, platform).addTo(claims);
    } catch (AttestationException e) {
      if (e.reason() == Reason.NO_MATCHING_TCB_LEVEL) {
        checks.signed(claims.tcbStatus(TcbStatus.NO_MATCHING_LEVEL).build());
      }
      throw e;
    }
  }

  private IntelFindings findings(
      Quote quote, List<EndorsementFile> files, CertificatePath pck, PckExtensions platform)
      throws AttestationException {
    CollateralVerification.Verified collateral =
        new CollateralVerification(context, checks).verify(CollateralFiles.find(files), pck);
    TcbInfo tcbInfo = collateral.tcbInfo();
    QeIdentity qeIdentity = collateral.qeIdentity();
    boolean tdx = quote.body() instanceof TdReport;
    requireKind(tcbInfo, qeIdentity, tdx);
    requirePlatform(tcbInfo, platform);
    EnclaveReport qeReport = quote.signature().qeReport();
    SoftwareLevel qe = QeIdentityMatch.match(qeIdentity, qeReport, checks);
    TcbResult tcb = evaluate(quote, tcbInfo, platform, qe);
    checks.passed("tcb-level", tcb.status().code() + " " + tcb.advisoryIds(), "a level that fits");
    return new IntelFindings(
        platform,
        tcb,
        collateral.oldestIssueDate(),
        Math.min(tcbInfo.evaluationDataNumber(), qeIdentity.evaluationDataNumber()),
        qeReport.isvSvn());
  }

  private TcbResult evaluate(Quote quote, TcbInfo tcbInfo, PckExtensions platform, SoftwareLevel qe)
      throws AttestationException {
    if (quote.body() instanceof TdReport report) {
      ModuleMatch.requireModule(tcbInfo, report, checks);
      return TcbEvaluation.ofTdx(tcbInfo, platform, report, qe);
    }
    return TcbEvaluation.ofSgx(tcbInfo, platform, qe);
  }

  private void requireKind(TcbInfo tcbInfo, QeIdentity qeIdentity, boolean tdx)
      throws AttestationException {
    String tcbId = tdx ? TcbInfo.TDX : TcbInfo.SGX;
    checks.require(
        tcbInfo.id().equals(tcbId), "tcb-info-id", Reason.TCB_INFO_TYPE, tcbInfo.id(), tcbId);
    String qeId = tdx ? QeIdentity.TDX : QeIdentity.SGX;
    checks.require(
        qeIdentity.id().equals(qeId),
        "qe-identity-id",
        Reason.QE_IDENTITY_TYPE,
        qeIdentity.id(),
        qeId);
  }

  private void requirePlatform(TcbInfo tcbInfo, PckExtensions platform)
      throws AttestationException {
    requireSame("fmspc", Reason.FMSPC_MISMATCH, tcbInfo.fmspc(), platform.fmspc());
    requireSame("pceid", Reason.PCEID_MISMATCH, tcbInfo.pceId(), platform.pceId());
  }

  private void requireSame(String check, Reason reason, byte[] ofInfo, byte[] ofPlatform)
      throws AttestationException {
    checks.require(
        Arrays.equals(ofInfo, ofPlatform),
        check,
        reason,
        "TCB info for " + HexFormat.of().formatHex(ofInfo),
        "for the platform's " + HexFormat.of().formatHex(ofPlatform));
  }

  private void skipped(List<String> names) {
    for (String name : names) {
      checks.notChecked(name, Reason.UNCHECKED, "mode " + context.mode().code(), "mode full");
    }
  }
}
