package io.silenda.attest.sgx;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Claims;
import io.silenda.attest.DebugState;
import io.silenda.attest.Evidence;
import io.silenda.attest.EvidenceVerifier;
import io.silenda.attest.Reason;
import io.silenda.attest.Tee;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.intel.IntelVerification;
import io.silenda.attest.intel.quote.EnclaveReport;
import io.silenda.attest.intel.quote.Quote;
import java.util.HexFormat;
import java.util.Set;

/** Verifies SGX quotes of version 3. */
public final class SgxVerifier implements EvidenceVerifier {
  private static final String QUOTE_V3 = "sgx-quote-v3";

  @Override
  public Set<String> formats() {
    return Set.of(QUOTE_V3);
  }

  @Override
  public Claims verify(Evidence evidence, VerificationContext context, CheckList checks)
      throws AttestationException {
    Quote quote = Quote.parse(evidence.bytes());
    if (quote.header().version() != 3 || !(quote.body() instanceof EnclaveReport report)) {
      throw new AttestationException(
          Reason.UNSUPPORTED_VERSION,
          "quote-header",
          "version " + quote.header().version() + " of " + quote.header().teeType(),
          "version 3 of SGX");
    }
    checks.passed("structure", "SGX quote of version 3", QUOTE_V3);
    Claims.Builder claims = claims(report);
    new IntelVerification(context, checks).verify(quote, evidence.endorsements(), claims);
    return claims.build();
  }

  private static Claims.Builder claims(EnclaveReport report) {
    HexFormat hex = HexFormat.of();
    String reportData = hex.formatHex(report.reportData());
    return Claims.builder(Tee.SGX, QUOTE_V3)
        .debug(report.debug() ? DebugState.ON : DebugState.OFF)
        .nonce(reportData)
        .measured("mrenclave", hex.formatHex(report.mrEnclave()))
        .measured("mrsigner", hex.formatHex(report.mrSigner()))
        .measured("isvprodid", Integer.toString(report.isvProdId()))
        .measured("isvsvn", Integer.toString(report.isvSvn()))
        .measured("debug", Boolean.toString(report.debug()))
        .measured("reportdata", reportData)
        .measured("attributes", hex.formatHex(report.attributes()))
        .measured("miscselect", hex.formatHex(report.miscSelect()))
        .measured("configid", hex.formatHex(report.configId()))
        .measured("configsvn", Integer.toString(report.configSvn()))
        .measured("isvfamilyid", hex.formatHex(report.isvFamilyId()))
        .measured("isvextprodid", hex.formatHex(report.isvExtProdId()))
        .tcbComponent("isvsvn", report.isvSvn());
  }
}
