package io.silenda.attest.intel.tcb;

import io.silenda.attest.AttestationException;
import io.silenda.attest.TcbStatus;
import io.silenda.attest.intel.collateral.SoftwareLevel;
import io.silenda.attest.intel.collateral.TcbInfo;
import io.silenda.attest.intel.collateral.TcbLevel;
import io.silenda.attest.intel.quote.TdReport;
import java.util.List;

/**
 * TDX 1.5: a domain launched under an old module on a platform that has been updated since.
 * Launching it again would bring it up to date (Intel Quote Verification Library, step
 * 4.1.2.4.17.4.3).
 */
final class RelaunchCheck {
  private RelaunchCheck() {}

  /** Whether only the module at launch is to blame. */
  static boolean applies(TcbStatus sgx, TcbStatus merged, TcbStatus module, TcbStatus qe) {
    boolean platformCurrent =
        switch (sgx) {
          case UP_TO_DATE,
              SW_HARDENING_NEEDED,
              CONFIGURATION_NEEDED,
              CONFIGURATION_AND_SW_HARDENING_NEEDED ->
              true;
          case TD_RELAUNCH_ADVISED,
              TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED,
              OUT_OF_DATE,
              OUT_OF_DATE_CONFIGURATION_NEEDED,
              REVOKED,
              NO_MATCHING_LEVEL ->
              false;
        };
    return qe == TcbStatus.UP_TO_DATE
        && platformCurrent
        && StatusMerge.outOfDate(merged)
        && module == TcbStatus.OUT_OF_DATE;
  }

  /** Whether the module that runs now is at the latest level; only TDX 1.5 says which one does. */
  static boolean currentIsLatest(TcbInfo info, TdReport report) throws AttestationException {
    if (report.tdx15().isEmpty()) {
      return false;
    }
    byte[] now = report.tdx15().get().teeTcbSvn2();
    TcbLevel latest = info.levels().get(0);
    boolean microcodeLatest = Byte.toUnsignedInt(now[2]) >= latest.tdxComponents().get(2);
    int moduleSvn = Byte.toUnsignedInt(now[0]);
    if (ModuleMatch.version(now) == 0) {
      return microcodeLatest && moduleSvn >= latest.tdxComponents().get(0);
    }
    List<SoftwareLevel> levels = ModuleMatch.identity(info, now).levels();
    return microcodeLatest && !levels.isEmpty() && moduleSvn >= levels.get(0).isvSvn();
  }

  static TcbStatus advised(TcbStatus sgx, TcbStatus merged) {
    return StatusMerge.needsConfiguration(sgx) || StatusMerge.needsConfiguration(merged)
        ? TcbStatus.TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED
        : TcbStatus.TD_RELAUNCH_ADVISED;
  }
}
