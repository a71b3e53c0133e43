package io.silenda.attest.snp;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.Verdict;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.VerificationMode;
import io.silenda.attest.policy.Allowed;
import io.silenda.attest.policy.Policy;
import io.silenda.attest.synthetic.Authority;
import io.silenda.attest.synthetic.SyntheticSnp;
import io.silenda.attest.verifier.Verifier;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a policy that names one guest refuses about SEV-SNP, each for its own reason. */
class SnpPolicyTest {
  private static final String REPORT_DATA = hexCounting(0x50, 64);
  private static final String MEASUREMENT = hexCounting(0x90, 48);

  @Test
  void acceptsTheGuestThatItNames() {
    assertThat(verdict(guest(3), policy()).accepted()).isTrue();
  }

  @Test
  void refusesAnotherMeasurementNonceAndChip() {
    assertRefused(
        guest(3).change(r -> r.put(0x90, (byte) 0)), policy(), Reason.MEASUREMENT_MISMATCH);
    assertRefused(guest(3), policy().nonce("01".repeat(8)), Reason.NONCE_MISMATCH);
    assertRefused(guest(3), policy().platforms(Allowed.of("00")), Reason.PLATFORM_NOT_LISTED);
  }

  @Test
  void refusesDebugAndMigration() {
    assertRefused(
        guest(3).change(r -> r.putLong(SyntheticSnp.POLICY, 0xb001f)), policy(), Reason.DEBUG);
    assertRefused(
        guest(3).change(r -> r.putLong(SyntheticSnp.POLICY, 0x7001f)),
        policy(),
        Reason.SNP_MIGRATION);
  }

  @Test
  void wantsAFloorUnderTheTcb() {
    Policy.Builder noFloor =
        Policy.accepting(Allowed.of("snp"))
            .measurement("measurement", Allowed.of(MEASUREMENT))
            .nonce(REPORT_DATA);
    assertRefused(guest(3), noFloor, Reason.TCB_UNKNOWN);
    assertRefused(guest(3), noFloor.minimumTcb("snp", 23), Reason.TCB_UNKNOWN);
    assertRefused(guest(3), policy().minimumTcb("snp", 24), Reason.TCB_BELOW_MINIMUM);
    assertRefused(guest(3), policy().minimumTcb("launch-microcode", 85), Reason.TCB_BELOW_MINIMUM);
  }

  @Test
  void wantsTheMostPrivilegedLevelUnlessExcused() {
    SyntheticSnp above = guest(3).change(report -> report.putInt(SyntheticSnp.VMPL, 2));
    assertRefused(above, policy(), Reason.SNP_VMPL);
    Policy.Builder excused =
        policy().excused(Allowed.of("snp-vmpl-privilege")).measurement("vmpl", Allowed.of("2"));
    assertThat(verdict(above, excused).accepted()).isTrue();
  }

  @Test
  void wantsTheRevocationListUnlessExcused() {
    SyntheticSnp withoutList =
        SyntheticSnp.vcek("Milan", 3).change(report -> report.putInt(SyntheticSnp.VMPL, 0));
    assertRefused(withoutList, policy(), Reason.UNCHECKED);
    assertThat(verdict(withoutList, policy().excused(Allowed.of("ask-revocation"))).accepted())
        .isTrue();
  }

  @Test
  void aReportThatWasOnlyParsedIsNeverEnough() {
    SyntheticSnp guest = guest(3);
    VerificationContext parseOnly =
        new VerificationContext(
            VerificationMode.PARSE_ONLY, Optional.of(Authority.NOW), Optional.empty());
    Evidence evidence = guest.evidence();
    Verdict verdict = new Verifier(policy().build()).verify(evidence, parseOnly);
    assertThat(verdict.accepted()).isFalse();
  }

  @Test
  void aRefusalNamesWhatWasSeenAndWanted() {
    Verdict verdict = verdict(guest(3), policy().minimumTcb("snp", 24));
    assertThat(verdict.explanation()).contains("23").contains("24").contains("snp");
  }

  private static SyntheticSnp guest(int version) {
    SyntheticSnp snp = SyntheticSnp.vcek("Milan", version);
    return snp.change(report -> report.putInt(SyntheticSnp.VMPL, 0)).list(snp.ark().crl(99));
  }

  private static Policy.Builder policy() {
    return Policy.accepting(Allowed.of("snp"))
        .measurement("measurement", Allowed.of(MEASUREMENT))
        .nonce(REPORT_DATA)
        .minimumTcb("bootloader", 1)
        .minimumTcb("tee", 0)
        .minimumTcb("snp", 23)
        .minimumTcb("microcode", 1);
  }

  private static void assertRefused(SyntheticSnp snp, Policy.Builder policy, Reason reason) {
    Verdict verdict = verdict(snp, policy);
    assertThat(verdict.accepted()).isFalse();
    assertThat(verdict.reason()).as(verdict.explanation()).isEqualTo(reason);
  }

  private static Verdict verdict(SyntheticSnp snp, Policy.Builder policy) {
    return new Verifier(policy.build()).verify(snp.evidence(), snp.context());
  }

  /** The synthetic report counts up through its fields. */
  private static String hexCounting(int from, int size) {
    StringBuilder hex = new StringBuilder();
    for (int i = from; i < from + size; i++) {
      hex.append("%02x".formatted((i + 1) & 0xff));
    }
    return hex.toString();
  }
}
