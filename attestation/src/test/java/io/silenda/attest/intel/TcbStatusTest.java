package io.silenda.attest.intel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.silenda.attest.AttestationException;
import io.silenda.attest.Check;
import io.silenda.attest.Check.Outcome;
import io.silenda.attest.CheckList;
import io.silenda.attest.Claims;
import io.silenda.attest.DebugState;
import io.silenda.attest.TcbStatus;
import io.silenda.attest.VerificationMode;
import io.silenda.attest.verifier.EvidenceFormats;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What status comes out, rule by rule. */
class TcbStatusTest {
  /** TCB status of the level, of the quoting enclave, and of the whole. */
  @ParameterizedTest
  @CsvSource({
    "UpToDate, UpToDate, UpToDate",
    "SWHardeningNeeded, UpToDate, SWHardeningNeeded",
    "ConfigurationNeeded, UpToDate, ConfigurationNeeded",
    "UpToDate, OutOfDate, OutOfDate",
    "SWHardeningNeeded, OutOfDate, OutOfDate",
    "ConfigurationNeeded, OutOfDate, OutOfDateConfigurationNeeded",
    "ConfigurationAndSWHardeningNeeded, OutOfDate, OutOfDateConfigurationNeeded",
    "OutOfDate, OutOfDate, OutOfDate",
    "OutOfDateConfigurationNeeded, OutOfDate, OutOfDateConfigurationNeeded",
    "Revoked, OutOfDate, Revoked",
    "Revoked, UpToDate, Revoked",
    "OutOfDate, Revoked, Revoked",
    "UpToDate, Revoked, Revoked",
  })
  void theQuotingEnclaveCanOnlyMakeItWorse(String level, String qe, String whole)
      throws AttestationException {
    Claims claims =
        SyntheticIntel.sgx()
            .tcbLevel(0, json -> json.put("tcbStatus", level))
            .qeIdentity(json -> ((ObjectNode) json.get("tcbLevels").get(0)).put("tcbStatus", qe))
            .verify();
    assertThat(claims.tcbStatus().map(TcbStatus::code)).contains(whole);
  }

  @Test
  void theFirstLevelThatIsReachedCounts() throws AttestationException {
    Claims claims =
        SyntheticIntel.sgx()
            .tcbLevel(0, json -> ((ObjectNode) json.get("tcb")).put("pcesvn", 11))
            .verify();
    assertThat(claims.tcbStatus()).contains(TcbStatus.OUT_OF_DATE);
    assertThat(claims.advisoryIds()).containsExactly("INTEL-SA-99999");
  }

  @Test
  void advisoriesAreThoseOfPlatformModuleAndQuotingEnclave() throws AttestationException {
    Claims claims = SyntheticIntel.tdxV4().setTcbSvn(3, 1, 3).qe(258, 6).verify();
    assertThat(claims.tcbStatus()).contains(TcbStatus.OUT_OF_DATE);
    assertThat(claims.advisoryIds())
        .containsExactly("INTEL-SA-77777", "INTEL-SA-88888", "INTEL-SA-99999");
  }

  @Test
  void componentsZeroAndOneAreSkippedForModulesWithIdentity() throws AttestationException {
    SyntheticIntel tdx = SyntheticIntel.tdxV4().tcbInfo(json -> component(json, 0, 200));
    assertThat(tdx.verify().tcbStatus()).contains(TcbStatus.UP_TO_DATE);
  }

  @Test
  void componentZeroCountsForModulesWithoutIdentity() throws AttestationException {
    SyntheticIntel tdx =
        SyntheticIntel.tdxV4().setTcbSvn(6, 0, 5).tcbInfo(json -> component(json, 0, 6));
    assertThat(tdx.verify().tcbStatus()).contains(TcbStatus.UP_TO_DATE);
    tdx.setTcbSvn(5, 0, 5);
    assertThatThrownBy(tdx::verify).hasMessageContaining("TDX components");
  }

  @Test
  void moduleOutOfDateMakesAnOldReportOutOfDate() throws AttestationException {
    assertThat(SyntheticIntel.tdxV4().setTcbSvn(4, 1, 5).verify().tcbStatus())
        .contains(TcbStatus.OUT_OF_DATE);
    assertThat(SyntheticIntel.tdxV5().setTcbSvn(4, 1, 5).verify().tcbStatus())
        .contains(TcbStatus.OUT_OF_DATE);
  }

  @Test
  void relaunchIsAdvisedWhereThePlatformHasBeenUpdatedSince() throws AttestationException {
    SyntheticIntel tdx = SyntheticIntel.tdx15().setTcbSvn(4, 1, 5);
    Claims claims = tdx.verify();
    assertThat(claims.tcbStatus()).contains(TcbStatus.TD_RELAUNCH_ADVISED);
    assertThat(claims.advisoryIds()).contains("INTEL-SA-77777");
    tdx.tcbLevel(0, json -> json.put("tcbStatus", "ConfigurationNeeded"));
    assertThat(tdx.verify().tcbStatus())
        .contains(TcbStatus.TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED);
  }

  @Test
  void relaunchWithoutModuleIdentityLooksAtTheLevel() throws AttestationException {
    SyntheticIntel tdx =
        SyntheticIntel.tdx15()
            .setTcbSvn(4, 1, 5)
            .setTcbSvn2(6, 0, 5)
            .tcbInfo(j -> component(j, 0, 6));
    assertThat(tdx.verify().tcbStatus()).contains(TcbStatus.TD_RELAUNCH_ADVISED);
    tdx.setTcbSvn2(5, 0, 5);
    assertThat(tdx.verify().tcbStatus()).contains(TcbStatus.OUT_OF_DATE);
  }

  @Test
  void relaunchIsNotAdvisedWhereItWouldNotHelp() throws AttestationException {
    assertThat(SyntheticIntel.tdx15().setTcbSvn(4, 1, 5).setTcbSvn2(4, 1, 5).verify().tcbStatus())
        .contains(TcbStatus.OUT_OF_DATE);
    assertThat(SyntheticIntel.tdx15().setTcbSvn(4, 1, 5).setTcbSvn2(6, 1, 4).verify().tcbStatus())
        .contains(TcbStatus.OUT_OF_DATE);
    assertThat(SyntheticIntel.tdx15().setTcbSvn(4, 1, 5).qe(258, 6).verify().tcbStatus())
        .contains(TcbStatus.OUT_OF_DATE);
  }

  @Test
  void aModuleThatRunsNowButIsUnknownIsRefused() {
    SyntheticIntel tdx = SyntheticIntel.tdx15().setTcbSvn(4, 1, 5).setTcbSvn2(6, 7, 5);
    assertThatThrownBy(tdx::verify).hasMessageContaining("TDX_07");
  }

  @Test
  void noLevelIsNotOutOfDate() {
    CheckList checks = new CheckList();
    SyntheticIntel tdx = SyntheticIntel.tdxV4().setTcbSvn(6, 1, 2);
    assertThatThrownBy(() -> tdx.verify(checks)).isInstanceOf(AttestationException.class);
    assertThat(checks.signed().flatMap(Claims::tcbStatus)).contains(TcbStatus.NO_MATCHING_LEVEL);
  }

  @Test
  void theLowerEvaluationNumberIsReported() throws AttestationException {
    assertThat(SyntheticIntel.sgx().verify().tcbEvaluationDataNumber()).hasValue(18);
  }

  @Test
  void versionTwoOfTheTcbInfoHasNumberedComponents() throws AttestationException {
    Claims claims = SyntheticIntel.sgx().tcbInfo(TcbStatusTest::toVersion2).verify();
    assertThat(claims.tcbStatus()).contains(TcbStatus.UP_TO_DATE);
  }

  private static void toVersion2(ObjectNode json) {
    json.remove("id");
    json.put("version", 2);
    json.get("tcbLevels")
        .forEach(
            level -> {
              ObjectNode tcb = (ObjectNode) level.get("tcb");
              for (int i = 1; i <= 16; i++) {
                tcb.put(
                    String.format(Locale.ROOT, "sgxtcbcomp%02dsvn", i),
                    tcb.get("sgxtcbcomponents").get(i - 1).get("svn").intValue());
              }
              tcb.remove("sgxtcbcomponents");
            });
  }

  @Test
  void debugIsReported() throws AttestationException {
    assertThat(SyntheticIntel.sgx().verify().debug()).isEqualTo(DebugState.OFF);
    assertThat(SyntheticIntel.sgx().body(48, 7).verify().debug()).isEqualTo(DebugState.ON);
    assertThat(SyntheticIntel.tdxV4().body(120, 1).verify().debug()).isEqualTo(DebugState.ON);
    // The other bits of TUD make a domain untrusted, too.
    assertThat(SyntheticIntel.tdxV4().body(120, 2).verify().debug()).isEqualTo(DebugState.ON);
  }

  @Test
  void whatIsLeftToPolicyIsUndecided() throws AttestationException {
    assertThat(outcome(SyntheticIntel.tdxV4(), "sept-ve-disable")).isEqualTo(Outcome.PASSED);
    assertThat(outcome(SyntheticIntel.tdxV4().body(123, 0), "sept-ve-disable"))
        .isEqualTo(Outcome.UNDECIDED);
    assertThat(outcome(SyntheticIntel.tdx15().body(600, 1), "service-td"))
        .isEqualTo(Outcome.UNDECIDED);
    byte[] padding = new byte[70];
    assertThat(outcome(SyntheticIntel.tdxV4().trailing(padding), "trailing-bytes"))
        .isEqualTo(Outcome.PASSED);
    padding[69] = 1;
    assertThat(outcome(SyntheticIntel.tdxV4().trailing(padding), "trailing-bytes"))
        .isEqualTo(Outcome.UNDECIDED);
  }

  @Test
  void modesThatProveLessSaySo() throws AttestationException {
    CheckList signatures = new CheckList();
    Claims claims =
        EvidenceFormats.all()
            .verify(
                SyntheticIntel.tdxV4().evidence(),
                SyntheticIntel.context(VerificationMode.SIGNATURE_ONLY),
                signatures);
    assertThat(claims.tcbStatus()).isEmpty();
    assertThat(notChecked(signatures)).contains("pck-crl", "tcb-level").doesNotContain("pck-chain");
    CheckList parsed = new CheckList();
    EvidenceFormats.all()
        .verify(
            SyntheticIntel.tdxV4().evidence(),
            SyntheticIntel.context(VerificationMode.PARSE_ONLY),
            parsed);
    assertThat(notChecked(parsed)).contains("quote-signature", "pck-chain", "pck-crl");
    assertThat(parsed.signed()).isEmpty();
  }

  private static List<String> notChecked(CheckList checks) {
    return checks.toList().stream()
        .filter(check -> check.outcome() == Outcome.NOT_CHECKED)
        .map(Check::name)
        .toList();
  }

  private static Outcome outcome(SyntheticIntel evidence, String check)
      throws AttestationException {
    CheckList checks = new CheckList();
    evidence.verify(checks);
    return checks.toList().stream()
        .filter(made -> made.name().equals(check))
        .map(Check::outcome)
        .findFirst()
        .orElseThrow();
  }

  private static void component(ObjectNode tcbInfo, int component, int svn) {
    tcbInfo
        .get("tcbLevels")
        .forEach(
            level ->
                ((ObjectNode) level.get("tcb").get("tdxtcbcomponents").get(component))
                    .put("svn", svn));
  }
}
