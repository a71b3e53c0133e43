package io.silenda.attest.snp;

import static io.silenda.attest.synthetic.Refusals.accepted;
import static io.silenda.attest.synthetic.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.attest.Check;
import io.silenda.attest.Claims;
import io.silenda.attest.DebugState;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.synthetic.Keys;
import io.silenda.attest.synthetic.Refusals;
import io.silenda.attest.synthetic.SyntheticSnp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnpVerifierTest {
  @ParameterizedTest
  @CsvSource({"Milan,2", "Milan,3", "Genoa,2", "Genoa,3", "Genoa,5", "Turin,3", "Turin,5"})
  void acceptsEachProductAndVersion(String product, int version) throws Exception {
    for (SyntheticSnp snp :
        List.of(SyntheticSnp.vcek(product, version), SyntheticSnp.vlek(product, version))) {
      Claims claims = accepted(snp.evidence(), snp.context());
      assertThat(claims.debug()).isEqualTo(DebugState.OFF);
      assertThat(claims.measured())
          .containsEntry("product", product)
          .containsEntry("vmpl", "1")
          .containsEntry("policy", Long.toString(0x3001f));
      assertThat(claims.tcbComponents())
          .containsEntry("fmc", product.equals("Turin") ? 2L : 0L)
          .containsEntry("bootloader", 10L)
          .containsEntry("microcode", 84L)
          .containsEntry("launch-snp", 23L);
    }
  }

  @Test
  void aVcekNamesItsChipAndAVlekItsCloud() throws Exception {
    SyntheticSnp vcek = SyntheticSnp.vcek("Turin", 3);
    assertThat(accepted(vcek.evidence(), vcek.context()).platformId())
        .hasValueSatisfying(id -> assertThat(id).startsWith("a0a1a2a3a4a5a6a7000000"));
    SyntheticSnp vlek = SyntheticSnp.vlek("Genoa", 3);
    Claims claims = accepted(vlek.evidence(), vlek.context());
    assertThat(claims.platformId()).isEmpty();
    assertThat(claims.measured()).containsEntry("csp_id", "CN=cloud.example");
  }

  @Test
  void reportsDebugPolicyAsDebuggable() throws Exception {
    SyntheticSnp snp =
        SyntheticSnp.vcek("Milan", 3).change(r -> r.putLong(SyntheticSnp.POLICY, 0xb001f));
    assertThat(accepted(snp.evidence(), snp.context()).debug()).isEqualTo(DebugState.ON);
  }

  @Test
  void refusesAnUnsignedOrDifferentlySignedReport() {
    assertChanged(Reason.SNP_SIGNING_KEY, SyntheticSnp.KEY_FLAGS, 1 << 1);
    assertChanged(Reason.SNP_SIGNING_KEY, SyntheticSnp.KEY_FLAGS, 7 << 2);
    assertChanged(Reason.SNP_SIGNING_KEY, SyntheticSnp.KEY_FLAGS, 1 << 2);
    assertChanged(Reason.BAD_FIELD, SyntheticSnp.KEY_FLAGS, 2 << 2);
    assertChanged(Reason.BAD_FIELD, SyntheticSnp.KEY_FLAGS, 1 << 5);
    assertChanged(Reason.UNSUPPORTED_ALGORITHM, SyntheticSnp.SIGNATURE_ALGORITHM, 2);
  }

  @Test
  void refusesVersionsThatItDoesNotKnow() {
    assertChanged(Reason.UNSUPPORTED_VERSION, SyntheticSnp.VERSION, 1);
    assertChanged(Reason.UNSUPPORTED_VERSION, SyntheticSnp.VERSION, 4);
    assertChanged(Reason.UNSUPPORTED_VERSION, SyntheticSnp.VERSION, 6);
    Evidence v3 = SyntheticSnp.vcek("Milan", 3).evidence();
    assertRefused(
        new Evidence("snp-report-v2", v3.bytes(), v3.endorsements()),
        SyntheticSnp.vcek("Milan", 3).context(),
        Reason.UNSUPPORTED_VERSION);
  }

  @ParameterizedTest
  @CsvSource({"0x4c", "0x18b", "0x19f", "0x1eb", "0x1ef", "0x1f8", "0x29f", "0x18f"})
  void refusesReservedBytesThatAreNotZero(String offset) {
    SyntheticSnp snp =
        SyntheticSnp.vcek("Milan", 3).change(r -> r.put(Integer.decode(offset), (byte) 1));
    assertRefused(snp.evidence(), snp.context(), Reason.RESERVED_NOT_ZERO);
  }

  @Test
  void refusesAnOverlongSignatureComponent() {
    for (int offset : new int[] {0x2a0 + 48, 0x2a0 + 72 + 71, 0x2a0 + 144, 0x49f}) {
      SyntheticSnp snp = SyntheticSnp.vcek("Milan", 3);
      assertRefused(
          Refusals.flipped(snp.evidence(), offset), snp.context(), Reason.RESERVED_NOT_ZERO);
    }
  }

  @Test
  void refusesGuestPoliciesThatTheSpecificationDoesNotKnow() {
    assertChangedLong(Reason.BAD_FIELD, SyntheticSnp.POLICY, 0x1001f);
    assertChangedLong(Reason.BAD_FIELD, SyntheticSnp.POLICY, 1L << 26 | 0x3001f);
  }

  @Test
  void refusesAReportOfTheHost() {
    assertChanged(Reason.SNP_VMPL, SyntheticSnp.VMPL, -1);
    assertChanged(Reason.SNP_VMPL, SyntheticSnp.VMPL, 4);
  }

  @Test
  void refusesFirmwareOlderThanThePolicyAsksFor() {
    assertChangedLong(Reason.INCONSISTENT, SyntheticSnp.POLICY, 0x30138L);
    assertChangedLong(Reason.INCONSISTENT, SyntheticSnp.POLICY, 0x30200L);
  }

  @Test
  void refusesTcbsThatAreOutOfOrder() {
    // Milan: boot loader in byte 0, microcode in byte 7.
    assertChangedLong(Reason.SNP_TCB_ROLLBACK, SyntheticSnp.COMMITTED_TCB, 0x541700000000010aL - 1);
    assertChangedLong(Reason.SNP_TCB_ROLLBACK, SyntheticSnp.CURRENT_TCB, 0x531700000000010aL);
    assertChanged(Reason.SNP_TCB_ROLLBACK, SyntheticSnp.CURRENT_FIRMWARE, 0x013604);
  }

  @Test
  void comparesTcbsByComponent() {
    // A higher microcode does not make up for a lower boot loader.
    assertChangedLong(Reason.SNP_TCB_ROLLBACK, SyntheticSnp.CURRENT_TCB, 0xff17000000000109L);
  }

  @Test
  void refusesReservedTcbBytesOfTheProduct() {
    assertChangedLong(Reason.RESERVED_NOT_ZERO, SyntheticSnp.LAUNCH_TCB, 0x541700000001010aL);
    SyntheticSnp turin =
        SyntheticSnp.vcek("Turin", 3).change(r -> r.put(SyntheticSnp.LAUNCH_TCB + 5, (byte) 1));
    assertRefused(turin.evidence(), turin.context(), Reason.RESERVED_NOT_ZERO);
  }

  @Test
  void refusesAnotherChip() {
    SyntheticSnp snp =
        SyntheticSnp.vcek("Milan", 3).change(r -> r.put(SyntheticSnp.CHIP_ID + 63, (byte) 1));
    assertRefused(snp.evidence(), snp.context(), Reason.SNP_CHIP_ID);
    SyntheticSnp turin =
        SyntheticSnp.vcek("Turin", 3).change(r -> r.put(SyntheticSnp.CHIP_ID + 8, (byte) 1));
    assertRefused(turin.evidence(), turin.context(), Reason.SNP_CHIP_ID);
    SyntheticSnp shortId = SyntheticSnp.vcek("Milan", 3).extension("4", new byte[8]);
    assertRefused(shortId.evidence(), shortId.context(), Reason.BAD_CERTIFICATE);
  }

  @Test
  void reportsAMaskedChipAsNotChecked() throws Exception {
    SyntheticSnp snp =
        SyntheticSnp.vcek("Milan", 3)
            .change(
                r -> {
                  for (int i = 0; i < 64; i++) {
                    r.put(SyntheticSnp.CHIP_ID + i, (byte) 0);
                  }
                });
    assertThat(notChecked(snp)).contains("snp-chip-id");
    assertThat(accepted(snp.evidence(), snp.context()).platformId()).isEmpty();
  }

  @Test
  void refusesAnotherProduct() {
    SyntheticSnp processor =
        SyntheticSnp.vcek("Milan", 3).change(r -> r.put(SyntheticSnp.CPUID + 1, (byte) 0x11));
    assertRefused(processor.evidence(), processor.context(), Reason.SNP_PRODUCT_MISMATCH);
    SyntheticSnp unknown =
        SyntheticSnp.vcek("Milan", 3).change(r -> r.put(SyntheticSnp.CPUID + 1, (byte) 0x21));
    assertRefused(unknown.evidence(), unknown.context(), Reason.SNP_PRODUCT_MISMATCH);
    SyntheticSnp certificate =
        SyntheticSnp.vcek("Milan", 2)
            .extension(
                "2",
                Keys.concat(new byte[] {0x16, 5}, "Genoa".getBytes(StandardCharsets.US_ASCII)));
    assertRefused(certificate.evidence(), certificate.context(), Reason.CERTIFICATE_ROLE);
  }

  @Test
  void refusesAVlekWhereTheReportNamesAVcek() {
    SyntheticSnp snp =
        SyntheticSnp.vlek("Milan", 3).change(r -> r.putInt(SyntheticSnp.KEY_FLAGS, 0));
    assertRefused(snp.evidence(), snp.context(), Reason.SNP_SIGNING_KEY);
  }

  @Test
  void refusesAnAuthorKeyDigestWithoutAnAuthorKey() {
    assertChanged(Reason.INCONSISTENT, SyntheticSnp.AUTHOR_KEY_DIGEST, 1);
  }

  @Test
  void leavesAMigratableGuestToThePolicy() throws Exception {
    SyntheticSnp snp =
        SyntheticSnp.vcek("Milan", 3).change(r -> r.putLong(SyntheticSnp.POLICY, 0x7001f));
    assertThat(Refusals.checksOf(snp.evidence(), snp.context()).toList())
        .anyMatch(
            check ->
                check.outcome() == Check.Outcome.UNDECIDED
                    && check.reason() == Reason.SNP_MIGRATION);
  }

  @Test
  void oneFlippedBitIsRefused() throws Exception {
    SyntheticSnp snp = SyntheticSnp.vcek("Genoa", 5);
    Evidence evidence = snp.evidence();
    for (int signed :
        new int[] {4, 0x10, 0x20, 0x40, 0x50, 0x90, 0xc0, 0xe0, 0x140, 0x160, 0x1f8, 0x200}) {
      assertRefused(Refusals.flipped(evidence, signed), snp.context(), Reason.EVIDENCE_SIGNATURE);
    }
    Refusals.assertEveryFlipRefused(evidence, snp.context());
  }

  @Test
  void everyOtherLengthIsRefused() {
    SyntheticSnp snp = SyntheticSnp.vcek("Genoa", 3);
    Refusals.assertEveryOtherLengthRefused(snp.evidence(), snp.context());
  }

  private static void assertChanged(Reason reason, int offset, int value) {
    SyntheticSnp snp = SyntheticSnp.vcek("Milan", 3).change(r -> r.putInt(offset, value));
    assertRefused(snp.evidence(), snp.context(), reason);
  }

  private static void assertChangedLong(Reason reason, int offset, long value) {
    SyntheticSnp snp = SyntheticSnp.vcek("Milan", 3).change(r -> r.putLong(offset, value));
    assertRefused(snp.evidence(), snp.context(), reason);
  }

  static List<String> notChecked(SyntheticSnp snp) throws Exception {
    return Refusals.checksOf(snp.evidence(), snp.context()).toList().stream()
        .filter(check -> check.outcome() == Check.Outcome.NOT_CHECKED)
        .map(Check::name)
        .toList();
  }
}
