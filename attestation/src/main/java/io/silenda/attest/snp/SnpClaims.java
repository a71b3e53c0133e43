package io.silenda.attest.snp;

import io.silenda.attest.Claims;
import io.silenda.attest.DebugState;
import io.silenda.attest.Tee;
import io.silenda.attest.encoding.ByteReader;
import java.util.HexFormat;

/**
 * Turns reports into claims. TCB components are those of REPORTED_TCB, and with {@code launch-}
 * before them of LAUNCH_TCB.
 */
final class SnpClaims {
  private static final HexFormat HEX = HexFormat.of();

  private SnpClaims() {}

  /** What a report says; nobody vouches for it. */
  static Claims unproven(String format, SnpReport report) {
    return fields(format, report).build();
  }

  static Claims proven(String format, SnpReport report, VekExtensions vek) {
    Claims.Builder claims = fields(format, report);
    claims.measured("product", vek.product().label());
    vek.cloudProvider().ifPresent(csp -> claims.measured("csp_id", csp));
    addTcb(claims, "", TcbVersion.of(report.tcbs().reported(), vek.product()));
    addTcb(claims, "launch-", TcbVersion.of(report.tcbs().launch(), vek.product()));
    return claims.build();
  }

  static void addTcb(Claims.Builder claims, String prefix, TcbVersion tcb) {
    tcb.components().forEach((name, value) -> claims.tcbComponent(prefix + name, value));
  }

  private static Claims.Builder fields(String format, SnpReport report) {
    String chip = HEX.formatHex(report.chipId());
    String reportData = HEX.formatHex(report.reportData());
    Claims.Builder claims =
        Claims.builder(Tee.SNP, format)
            .measured("measurement", HEX.formatHex(report.measurement()))
            .measured("report_data", reportData)
            .measured("host_data", HEX.formatHex(report.hostData()))
            .measured("chip_id", chip)
            .measured("reported_tcb", HEX.formatHex(report.reportedTcbBytes()))
            .measured("policy", Long.toUnsignedString(report.policy().bits()))
            .measured("vmpl", Integer.toUnsignedString(report.vmpl()))
            .nonce(reportData)
            .debug(report.policy().debugAllowed() ? DebugState.ON : DebugState.OFF);
    if (!ByteReader.allZero(report.chipId())) {
      claims.platformId(chip);
    }
    addIdentity(claims, report);
    return claims;
  }

  private static void addIdentity(Claims.Builder claims, SnpReport report) {
    claims
        .measured("guest_svn", Integer.toUnsignedString(report.guestSvn()))
        .measured("family_id", HEX.formatHex(report.familyId()))
        .measured("image_id", HEX.formatHex(report.imageId()))
        .measured("id_key_digest", HEX.formatHex(report.idKeyDigest()))
        .measured("author_key_digest", HEX.formatHex(report.authorKeyDigest()))
        .measured("report_id", HEX.formatHex(report.reportId()))
        .measured("signing_key", report.signingKey().name())
        .measured("platform_info", "0x" + Long.toHexString(report.platformInfo()))
        .measured("firmware", report.currentFirmware().toString())
        .measured("smt", Boolean.toString(report.policy().smtAllowed()))
        .measured("migration", Boolean.toString(report.policy().migrationAllowed()));
    report
        .mitigations()
        .ifPresent(
            vectors ->
                claims
                    .measured("launch_mitigations", "0x" + Long.toHexString(vectors.launch()))
                    .measured("current_mitigations", "0x" + Long.toHexString(vectors.current())));
  }
}
