package io.silenda.attest.intel;

import io.silenda.attest.Claims;
import io.silenda.attest.intel.collateral.PckExtensions;
import io.silenda.attest.intel.tcb.TcbResult;
import java.time.Instant;
import java.util.HexFormat;

/**
 * What a full verification found out about the platform behind a quote.
 *
 * @param platform what the PCK says of it
 * @param tcb its evaluated status
 * @param collateralIssuedAt when the oldest part of the collateral was issued
 * @param evaluationDataNumber the lower of those of TCB info and QE identity
 * @param qeIsvSvn security version of the quoting enclave
 */
record IntelFindings(
    PckExtensions platform,
    TcbResult tcb,
    Instant collateralIssuedAt,
    long evaluationDataNumber,
    int qeIsvSvn) {
  void addTo(Claims.Builder claims) {
    addPlatform(platform, claims);
    claims
        .tcbStatus(tcb.status())
        .collateralIssuedAt(collateralIssuedAt)
        .tcbEvaluationDataNumber(evaluationDataNumber)
        .tcbComponent("qe", qeIsvSvn);
    tcb.advisoryIds().forEach(claims::advisory);
  }

  static void addPlatform(PckExtensions platform, Claims.Builder claims) {
    claims
        .platformId(HexFormat.of().formatHex(platform.ppid()))
        .tcbComponent("pce", platform.pceSvn());
    for (int i = 0; i < platform.components().size(); i++) {
      claims.tcbComponent("sgx" + (i + 1), platform.components().get(i));
    }
  }
}
