package io.silenda.attest.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Check;
import io.silenda.attest.Check.Outcome;
import io.silenda.attest.Claims;
import io.silenda.attest.DebugState;
import io.silenda.attest.Reason;
import io.silenda.attest.TcbStatus;
import io.silenda.attest.Tee;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Every rule of a policy refuses what it should, and says which line it was. */
class AppraiserTest {
  private static final Instant NOW = Instant.parse("2026-01-15T00:00:00Z");
  private static final String NONCE = "00ff00ff00ff00ff";
  private static final String GOOD =
      "accept tdx; mrtd is aa; rtmr0 is b0; rtmr1 is b1; rtmr2 is b2; rtmr3 is any; nonce is 00ff00ff00ff00ff"
          + "; evaluation at least 17";

  private static final String FLOOR = "accept tdx; evaluation at least 17";

  private static Claims.Builder claims() {
    return Claims.builder(Tee.TDX, "tdx-quote-v4")
        .debug(DebugState.OFF)
        .tcbStatus(TcbStatus.UP_TO_DATE)
        .tcbEvaluationDataNumber(17)
        .platformId("0f0f")
        .nonce(NONCE + "0000")
        .issuedAt(NOW.minusSeconds(60))
        .collateralIssuedAt(NOW.minusSeconds(86_400))
        .tcbComponent("tdx0", 5)
        .measured("mrtd", "aa")
        .measured("rtmr0", "b0")
        .measured("rtmr1", "b1")
        .measured("rtmr2", "b2")
        .measured("rtmr3", "b3");
  }

  private static void accepts(String policy, UnaryOperator<Claims.Builder> change)
      throws AttestationException {
    assertThat(Appraiser.firstFailure(appraise(policy, change, List.of()))).isEmpty();
  }

  private static void refuses(
      String policy, UnaryOperator<Claims.Builder> change, Reason reason, String line)
      throws AttestationException {
    Optional<Check> failure = Appraiser.firstFailure(appraise(policy, change, List.of()));
    assertThat(failure.map(Check::reason)).contains(reason);
    assertThat(failure.get().wanted()).contains(line);
    assertThat(failure.get().seen()).isNotBlank();
  }

  private static List<Check> appraise(
      String policy, UnaryOperator<Claims.Builder> change, List<Check> verification)
      throws AttestationException {
    return new Appraiser(PolicyText.parse(policy))
        .appraise(change.apply(claims()).build(), verification, Optional.of(NOW), List.of());
  }

  @Test
  void goodClaimsPass() throws AttestationException {
    accepts(GOOD, it -> it);
  }

  @Test
  void aSilentPolicyRefuses() throws AttestationException {
    refuses(FLOOR, it -> it, Reason.MISSING_MEASUREMENT, "mrtd and rtmr0");
    refuses(FLOOR + "; measurements any", it -> it, Reason.MISSING_NONCE, "policy: nonce is HEX");
    refuses(
        FLOOR + "; mrtd is aa; nonce is 00ff00ff00ff00ff",
        it -> it,
        Reason.MISSING_MEASUREMENT,
        "rtmr0 and rtmr1");
  }

  @Test
  void otherTechnologiesAreRefused() throws AttestationException {
    refuses(GOOD.replace("tdx", "sgx"), it -> it, Reason.TEE_NOT_ACCEPTED, "policy: accept sgx");
  }

  @Test
  void debugIsRefused() throws AttestationException {
    refuses(GOOD, it -> it.debug(DebugState.ON), Reason.DEBUG, "policy: debug is not allowed");
    refuses(GOOD, it -> it.debug(DebugState.UNKNOWN), Reason.DEBUG_UNKNOWN, "debug is not allowed");
    accepts(GOOD + "; debug allowed", it -> it.debug(DebugState.ON));
  }

  @Test
  void simulationIsRefused() throws AttestationException {
    refuses(GOOD, it -> it.simulated(true), Reason.SIMULATED, "policy: simulated is not allowed");
    accepts(GOOD + "; simulated allowed", it -> it.simulated(true));
  }

  @Test
  void statusesThatAreNotListedAreRefused() throws AttestationException {
    UnaryOperator<Claims.Builder> old = it -> it.tcbStatus(TcbStatus.OUT_OF_DATE);
    refuses(GOOD, old, Reason.TCB_STATUS, "policy: status UpToDate");
    accepts(GOOD + "; status OutOfDate", old);
    refuses(
        GOOD + "; status any",
        it -> it.tcbStatus(TcbStatus.REVOKED),
        Reason.TCB_REVOKED,
        "never accepted");
  }

  @Test
  void aTcbWithoutStatusNeedsAMinimum() throws AttestationException {
    String policy = "accept snp; measurement is aa; nonce is 00ff00ff00ff00ff";
    Claims claims =
        Claims.builder(Tee.SNP, "snp-report-v3")
            .debug(DebugState.OFF)
            .nonce(NONCE)
            .measured("measurement", "aa")
            .tcbComponent("snp", 22)
            .tcbComponent("microcode", 115)
            .build();
    assertThat(first(policy, claims)).contains(Reason.TCB_UNKNOWN);
    assertThat(first(policy + "; snp at least 22", claims)).contains(Reason.TCB_UNKNOWN);
    String both = policy + "; microcode at least 115; snp at least ";
    assertThat(first(both + 23, claims)).contains(Reason.TCB_BELOW_MINIMUM);
    assertThat(first(both + "22; tpm at least 1", claims)).contains(Reason.TCB_BELOW_MINIMUM);
    assertThat(first(both + 22, claims)).isEmpty();
  }

  private static Optional<Reason> first(String policy, Claims claims) throws AttestationException {
    Appraiser appraiser = new Appraiser(PolicyText.parse(policy));
    return Appraiser.firstFailure(
            appraiser.appraise(claims, List.of(), Optional.of(NOW), List.of()))
        .map(Check::reason);
  }

  @Test
  void advisoriesThatAreNotListedAreRefused() throws AttestationException {
    UnaryOperator<Claims.Builder> two = it -> it.advisory("INTEL-SA-1").advisory("INTEL-SA-2");
    refuses(GOOD, two, Reason.ADVISORY, "policy: no advisory");
    refuses(GOOD + "; advisory INTEL-SA-1", two, Reason.ADVISORY, "policy: advisory INTEL-SA-1");
    accepts(GOOD + "; advisory INTEL-SA-1 or INTEL-SA-2", two);
    accepts(GOOD + "; advisory any", two);
  }

  @Test
  void collateralOfAnEarlierEvaluationIsARollback() throws AttestationException {
    refuses(
        GOOD.replace("least 17", "least 18"),
        it -> it,
        Reason.EVALUATION_NUMBER,
        "policy: evaluation at least 18");
    String silent = GOOD.replace("; evaluation at least 17", "");
    refuses(silent, it -> it, Reason.EVALUATION_NUMBER, "policy: evaluation at least N");
    accepts(silent + "; excuse policy-evaluation", it -> it);
  }

  @Test
  void anotherNonceIsRefused() throws AttestationException {
    refuses(
        GOOD,
        it -> it.nonce("00fe00ff00ff00ff0000"),
        Reason.NONCE_MISMATCH,
        "policy: nonce is 00ff00ff00ff00ff");
    refuses(
        GOOD,
        it -> it.nonce("00ff00ff00ff00ff0001"),
        Reason.NONCE_MISMATCH,
        "policy: nonce is 00ff00ff00ff00ff");
    refuses(GOOD, it -> it.nonce("00"), Reason.NONCE_MISMATCH, "policy: nonce is 00ff00ff00ff00ff");
  }

  @Test
  void anotherMeasurementIsRefused() throws AttestationException {
    refuses(
        GOOD, it -> it.measured("mrtd", "ab"), Reason.MEASUREMENT_MISMATCH, "policy: mrtd is aa");
    refuses(GOOD + "; mrseam is cc", it -> it, Reason.MISSING_MEASUREMENT, "policy: mrseam is cc");
  }

  @Test
  void onlyListedPlatformsPass() throws AttestationException {
    accepts(GOOD + "; platform is 0f0f", it -> it);
    refuses(GOOD + "; platform is 0e0e", it -> it, Reason.PLATFORM_NOT_LISTED, "platform is 0e0e");
  }

  @Test
  void whatIsTooOldIsRefused() throws AttestationException {
    accepts(GOOD + "; evidence within 60 seconds; collateral within 1 days", it -> it);
    refuses(GOOD + "; evidence within 59 seconds", it -> it, Reason.TOO_OLD, "within 59 seconds");
    refuses(
        GOOD + "; evidence within 1 days",
        it -> it.issuedAt(NOW.plusSeconds(1)),
        Reason.TOO_OLD,
        "within 1 days");
    refuses(GOOD + "; collateral within 1 hours", it -> it, Reason.TOO_OLD, "within 3600 seconds");
  }

  @Test
  void whatWasLeftOpenIsRefusedUnlessExcused() throws AttestationException {
    List<Check> open =
        List.of(
            Check.notChecked("amd-crl", Reason.MISSING_CRL, "no list", "a list"),
            Check.undecided("trailing-bytes", Reason.TRAILING_BYTES, "39 bytes", "none"));
    List<Check> strict = appraise(GOOD, it -> it, open);
    assertThat(strict.subList(0, 2)).extracting(Check::outcome).containsOnly(Outcome.FAILED);
    assertThat(strict.subList(0, 2))
        .extracting(Check::reason)
        .containsExactly(Reason.UNCHECKED, Reason.TRAILING_BYTES);
    List<Check> excused = appraise(GOOD + "; excuse amd-crl or trailing-bytes", it -> it, open);
    assertThat(Appraiser.firstFailure(excused)).isEmpty();
    assertThat(excused.get(0).outcome()).isEqualTo(Outcome.NOT_CHECKED);
  }
}
