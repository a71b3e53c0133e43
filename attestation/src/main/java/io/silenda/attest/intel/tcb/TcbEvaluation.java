package io.silenda.attest.intel.tcb;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.TcbStatus;
import io.silenda.attest.intel.collateral.PckExtensions;
import io.silenda.attest.intel.collateral.SoftwareLevel;
import io.silenda.attest.intel.collateral.TcbInfo;
import io.silenda.attest.intel.collateral.TcbLevel;
import io.silenda.attest.intel.quote.TdReport;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Evaluates a platform after Intel's PCS API documentation, "Get TCB Info" ("TCB level selection"),
 * and the relaunch rules of Intel's Quote Verification Library, step 4.1.2.4.17. A platform that
 * reaches no level is refused: that is not the same as out of date.
 */
public final class TcbEvaluation {
  private TcbEvaluation() {}

  /** Evaluates an SGX platform. */
  public static TcbResult ofSgx(TcbInfo info, PckExtensions platform, SoftwareLevel qe)
      throws AttestationException {
    TcbLevel level =
        info.levels().stream()
            .filter(candidate -> reachesSgx(platform, candidate))
            .findFirst()
            .orElseThrow(() -> noLevel("SGX components and PCESVN " + platform.pceSvn()));
    return new TcbResult(
        StatusMerge.merge(level.status(), qe.status()),
        union(List.of(level.advisoryIds(), qe.advisoryIds())));
  }

  /** Evaluates a TDX platform and its module. */
  public static TcbResult ofTdx(
      TcbInfo info, PckExtensions platform, TdReport report, SoftwareLevel qe)
      throws AttestationException {
    List<TcbLevel> reached =
        info.levels().stream().filter(candidate -> reachesSgx(platform, candidate)).toList();
    if (reached.isEmpty()) {
      throw noLevel("SGX components and PCESVN " + platform.pceSvn());
    }
    TcbLevel sgx = reached.get(0);
    TcbLevel tdx =
        reached.stream()
            .filter(candidate -> reachesTdx(report.teeTcbSvn(), candidate))
            .findFirst()
            .orElseThrow(() -> noLevel("TDX components"));
    Optional<SoftwareLevel> module = ModuleMatch.level(info, report.teeTcbSvn());

    TcbStatus moduleStatus = module.map(SoftwareLevel::status).orElse(TcbStatus.UP_TO_DATE);
    TcbStatus merged = StatusMerge.merge(tdx.status(), moduleStatus);
    if (sgx.status() == TcbStatus.REVOKED) {
      merged = TcbStatus.REVOKED;
    }
    if (RelaunchCheck.applies(sgx.status(), merged, moduleStatus, qe.status())
        && RelaunchCheck.currentIsLatest(info, report)) {
      merged = RelaunchCheck.advised(sgx.status(), merged);
    }
    List<List<String>> advisories = new ArrayList<>(List.of(tdx.advisoryIds(), qe.advisoryIds()));
    module.map(SoftwareLevel::advisoryIds).ifPresent(advisories::add);
    return new TcbResult(StatusMerge.merge(merged, qe.status()), union(advisories));
  }

  private static boolean reachesSgx(PckExtensions platform, TcbLevel level) {
    for (int i = 0; i < level.sgxComponents().size(); i++) {
      if (platform.components().get(i) < level.sgxComponents().get(i)) {
        return false;
      }
    }
    return platform.pceSvn() >= level.pceSvn();
  }

  /**
   * With a module that has an identity, its version and SVN (components 0 and 1) are judged there.
   */
  private static boolean reachesTdx(byte[] teeTcbSvn, TcbLevel level) {
    int first = ModuleMatch.version(teeTcbSvn) > 0 ? 2 : 0;
    for (int i = first; i < level.tdxComponents().size(); i++) {
      if (Byte.toUnsignedInt(teeTcbSvn[i]) < level.tdxComponents().get(i)) {
        return false;
      }
    }
    return true;
  }

  private static NavigableSet<String> union(List<List<String>> lists) {
    NavigableSet<String> union = new TreeSet<>();
    lists.forEach(union::addAll);
    return union;
  }

  private static AttestationException noLevel(String what) {
    return new AttestationException(
        Reason.NO_MATCHING_TCB_LEVEL,
        "tcb-level",
        what + " of the platform reach no level of the TCB info",
        "a level that every component reaches");
  }
}
