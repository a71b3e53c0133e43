package io.silenda.attest.azure;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Claims;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.EvidenceVerifier;
import io.silenda.attest.Reason;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.encoding.ByteReader;
import io.silenda.attest.snp.SnpReportParser;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Verifies the hardware report inside an HCL report, and that it vouches for the run-time data. */
final class HardwareReports {
  /**
   * Offset of REPORTDATA in TDREPORT: Intel TDX Module ABI specification 348551, table
   * "REPORTMACSTRUCT".
   */
  private static final int TDREPORT_REPORT_DATA = 128;

  private static final int REPORT_DATA_BYTES = 64;

  private final EvidenceVerifier snp;
  private final EvidenceVerifier tdx;

  HardwareReports(EvidenceVerifier snp, EvidenceVerifier tdx) {
    this.snp = snp;
    this.tdx = tdx;
  }

  /** The report data of a report that nobody has proven. */
  byte[] unprovenReportData(HclReport report) throws AttestationException {
    return switch (report.hardware()) {
      case SNP -> SnpReportParser.parse(report.hardwareReport()).reportData();
      case TDX ->
          Arrays.copyOfRange(
              report.hardwareReport(),
              TDREPORT_REPORT_DATA,
              TDREPORT_REPORT_DATA + REPORT_DATA_BYTES);
    };
  }

  /**
   * The layer that makes the run-time data runs at VMPL 0, the guest above it at VMPL 2, which can
   * ask for reports with data of its own: a report of any other level vouches for nothing.
   */
  void requireParavisor(HclReport report, CheckList checks) throws AttestationException {
    if (report.hardware() != HclReport.Hardware.SNP) {
      return;
    }
    int vmpl = SnpReportParser.parse(report.hardwareReport()).vmpl();
    checks.require(
        vmpl == 0,
        "azure-vmpl",
        Reason.SNP_VMPL,
        "report requested at VMPL " + Integer.toUnsignedString(vmpl),
        "0: by the host compatibility layer, not by the guest");
  }

  /** Report data is the hash of the run-time data, and zeros behind it. */
  void requireBinding(HclReport report, byte[] reportData, CheckList checks)
      throws AttestationException {
    byte[] wanted =
        Arrays.copyOf(report.runtimeHash().hash(report.runtimeData()), REPORT_DATA_BYTES);
    checks.require(
        Arrays.equals(reportData, wanted),
        "azure-runtime-data",
        Reason.RUNTIME_DATA_HASH,
        "report data " + HexFormat.of().formatHex(reportData),
        HexFormat.of().formatHex(wanted) + ", the hash of the run-time data");
  }

  Claims verify(
      HclReport report,
      List<EndorsementFile> endorsements,
      VerificationContext context,
      CheckList checks)
      throws AttestationException {
    requireParavisor(report, checks);
    Claims claims =
        report.hardware() == HclReport.Hardware.SNP
            ? verifySnp(report, endorsements, context, checks)
            : verifyTdx(endorsements, context, checks);
    requireBinding(report, HexFormat.of().parseHex(claims.nonce().orElse("")), checks);
    return claims;
  }

  private Claims verifySnp(
      HclReport report,
      List<EndorsementFile> endorsements,
      VerificationContext context,
      CheckList checks)
      throws AttestationException {
    byte[] bytes = report.hardwareReport();
    String format = "snp-report-v" + SnpReportParser.parse(bytes).version();
    return snp.verify(new Evidence(format, bytes, endorsements), context, checks);
  }

  /**
   * A TDREPORT is under a key of its processor only; the quote that was made of it can be verified.
   */
  private Claims verifyTdx(
      List<EndorsementFile> endorsements, VerificationContext context, CheckList checks)
      throws AttestationException {
    if (endorsements.isEmpty()) {
      throw new AttestationException(
          Reason.MISSING_CERTIFICATE,
          "azure-hardware",
          "no TDX quote",
          "the quote of the TDREPORT");
    }
    byte[] quote = endorsements.get(0).bytes();
    int version = ByteReader.littleEndian("TDX quote", quote).u16("version");
    List<EndorsementFile> collateral = endorsements.subList(1, endorsements.size());
    Evidence evidence = new Evidence("tdx-quote-v" + version, quote, collateral);
    if (!tdx.formats().contains(evidence.format())) {
      throw new AttestationException(
          Reason.UNSUPPORTED_VERSION, "azure-hardware", evidence.format(), "a TDX quote");
    }
    return tdx.verify(evidence, context, checks);
  }

  /**
   * Adds the hardware's claims; its registers get the technology's name in front: {@code
   * snp-measurement}.
   */
  static void addTo(Claims.Builder claims, Claims hardware) {
    String prefix = hardware.tee().code() + "-";
    hardware.measured().forEach((name, value) -> claims.measured(prefix + name, value));
    hardware.tcbComponents().forEach(claims::tcbComponent);
    hardware.advisoryIds().forEach(claims::advisory);
    hardware.tcbStatus().ifPresent(claims::tcbStatus);
    hardware.platformId().ifPresent(claims::platformId);
    hardware.collateralIssuedAt().ifPresent(claims::collateralIssuedAt);
    hardware.tcbEvaluationDataNumber().ifPresent(claims::tcbEvaluationDataNumber);
    claims.debug(hardware.debug());
  }
}
