package io.silenda.attest.tdx;

import io.silenda.attest.Claims;
import io.silenda.attest.DebugState;
import io.silenda.attest.Tee;
import io.silenda.attest.intel.quote.TdReport;
import java.util.HexFormat;

/** Names the fields of a TD report. */
final class TdClaims {
  private TdClaims() {}

  static Claims.Builder of(String format, TdReport report) {
    HexFormat hex = HexFormat.of();
    String reportData = hex.formatHex(report.reportData());
    Claims.Builder claims =
        Claims.builder(Tee.TDX, format)
            .debug(report.debug() ? DebugState.ON : DebugState.OFF)
            .nonce(reportData)
            .measured("mrtd", hex.formatHex(report.mrTd()));
    for (int i = 0; i < report.rtmrs().size(); i++) {
      claims.measured("rtmr" + i, hex.formatHex(report.rtmrs().get(i)));
    }
    claims
        .measured("mrconfigid", hex.formatHex(report.mrConfigId()))
        .measured("mrowner", hex.formatHex(report.mrOwner()))
        .measured("mrownerconfig", hex.formatHex(report.mrOwnerConfig()))
        .measured("tdattributes", hex.formatHex(report.tdAttributes()))
        .measured("xfam", hex.formatHex(report.xfam()))
        .measured("mrseam", hex.formatHex(report.mrSeam()))
        .measured("mrsignerseam", hex.formatHex(report.mrSignerSeam()))
        .measured("debug", Boolean.toString(report.debug()))
        .measured("reportdata", reportData);
    addTcb("tdx", report.teeTcbSvn(), claims);
    report
        .tdx15()
        .ifPresent(
            tdx15 -> {
              claims.measured("mrservicetd", hex.formatHex(tdx15.mrServiceTd()));
              addTcb("tdx-now", tdx15.teeTcbSvn2(), claims);
            });
    return claims;
  }

  private static void addTcb(String prefix, byte[] svn, Claims.Builder claims) {
    for (int i = 0; i < svn.length; i++) {
      claims.tcbComponent(prefix + i, Byte.toUnsignedInt(svn[i]));
    }
  }
}
