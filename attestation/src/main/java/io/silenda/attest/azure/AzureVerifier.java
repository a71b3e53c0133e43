package io.silenda.attest.azure;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Claims;
import io.silenda.attest.DebugState;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.EvidenceVerifier;
import io.silenda.attest.Reason;
import io.silenda.attest.Tee;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.pki.PublicKey;
import io.silenda.attest.tpm.PcrBanks;
import io.silenda.attest.tpm.TpmQuoteChecks;
import io.silenda.attest.tpm.TpmQuoteParser;
import io.silenda.attest.tpm.TpmSignature;
import java.util.List;
import java.util.Set;

/**
 * Verifies Azure confidential virtual machines: the hardware report vouches for the run-time data,
 * which hold the key that signs the virtual TPM's quote. The evidence is the HCL report;
 * endorsements, in this order: TPMS_ATTEST, signature, PCR values as JSON; then for SEV-SNP AMD's
 * certificates and lists, for TDX the quote that the host made of the TDREPORT and its collateral.
 *
 * <p>The hardware report is signed by somebody only with those: without them a full verification
 * refuses, and one of signatures alone goes on and reports the hardware as not checked.
 */
public final class AzureVerifier implements EvidenceVerifier {
  private static final String FORMAT = "azure-hcl+tpm2-quote";
  private static final int QUOTE = 0;
  private static final int SIGNATURE = 1;
  private static final int PCRS = 2;
  private static final int HARDWARE = 3;

  private final HardwareReports hardwareReports;

  /**
   * Makes a verifier.
   *
   * @param snp verifies SEV-SNP reports
   * @param tdx verifies TDX quotes
   */
  public AzureVerifier(EvidenceVerifier snp, EvidenceVerifier tdx) {
    hardwareReports = new HardwareReports(snp, tdx);
  }

  @Override
  public Set<String> formats() {
    return Set.of(FORMAT);
  }

  @Override
  public Claims verify(Evidence evidence, VerificationContext context, CheckList checks)
      throws AttestationException {
    HclReport report = HclReport.parse(evidence.bytes());
    RuntimeData runtimeData = RuntimeData.parse(report.runtimeData());
    List<EndorsementFile> files = evidence.endorsements();
    if (files.size() < HARDWARE) {
      throw new AttestationException(
          Reason.MISSING_FIELD,
          "azure-files",
          files.size() + " files",
          "TPM quote, signature and PCR values");
    }
    TpmQuoteChecks quote =
        new TpmQuoteChecks(
            TpmQuoteParser.parse(files.get(QUOTE).bytes()),
            TpmSignature.parse(files.get(SIGNATURE).bytes()),
            PcrBanks.parse(files.get(PCRS)));
    Claims.Builder claims = Claims.builder(Tee.AZURE_VTPM, FORMAT);
    if (!context.checksSignatures()) {
      quote.addUnproven(claims);
      return claims.build();
    }
    addHardware(report, files.subList(HARDWARE, files.size()), context, checks, claims);
    PublicKey key = PublicKey.of("hcl-attestation-key", runtimeData.attestationKey());
    quote.require(key, checks, claims);
    addRuntimeData(runtimeData, claims);
    return claims.build();
  }

  private void addHardware(
      HclReport report,
      List<EndorsementFile> endorsements,
      VerificationContext context,
      CheckList checks,
      Claims.Builder claims)
      throws AttestationException {
    if (endorsements.isEmpty() && !context.checksCollateral()) {
      hardwareReports.requireParavisor(report, checks);
      hardwareReports.requireBinding(report, hardwareReports.unprovenReportData(report), checks);
      checks.notChecked(
          "azure-hardware",
          Reason.MISSING_CERTIFICATE,
          "no endorsement of the " + report.hardware() + " report",
          "a hardware report that its vendor vouches for");
      claims.debug(DebugState.UNKNOWN);
      return;
    }
    Claims hardware = hardwareReports.verify(report, endorsements, context, checks);
    HardwareReports.addTo(claims, hardware);
  }

  private static void addRuntimeData(RuntimeData data, Claims.Builder claims) {
    data.secureBoot().ifPresent(on -> claims.measured("secure_boot", Boolean.toString(on)));
    data.consoleEnabled().ifPresent(on -> claims.measured("console_enabled", Boolean.toString(on)));
    data.vmId().ifPresent(id -> claims.measured("vm_id", id));
    data.userData().ifPresent(user -> claims.measured("user_data", user));
  }
}
