package io.silenda.attest.snp;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.ByteReader;
import io.silenda.attest.snp.SnpReport.Cpuid;
import io.silenda.attest.snp.SnpReport.RawTcbs;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What must hold between the fields of a signed report, and between the report and its endorsement
 * key.
 */
final class SnpRules {
  private static final int LOWEST_PRIVILEGE = 3;

  private SnpRules() {}

  static void check(SnpReport report, VekExtensions vek, CheckList checks)
      throws AttestationException {
    requireProduct(report, vek, checks);
    requireReservedTcbBits(report.tcbs(), vek.product());
    requireTcb(report, vek, checks);
    requireChip(report, vek, checks);
    requireNoRollback(report, vek.product(), checks);
    requireGuest(report, checks);
  }

  /** Version 2 does not name the processor: there the certificate alone does. */
  private static void requireProduct(SnpReport report, VekExtensions vek, CheckList checks)
      throws AttestationException {
    if (report.cpuid().isEmpty()) {
      return;
    }
    Cpuid cpuid = report.cpuid().get();
    Optional<SnpProduct> product = SnpProduct.ofCpuid(cpuid.family(), cpuid.model());
    checks.require(
        product.equals(Optional.of(vek.product())),
        "snp-product",
        Reason.SNP_PRODUCT_MISMATCH,
        "processor family 0x%x, model 0x%x".formatted(cpuid.family(), cpuid.model()),
        vek.product().label() + ", as the endorsement key says");
  }

  private static void requireReservedTcbBits(RawTcbs tcbs, SnpProduct product)
      throws AttestationException {
    for (long raw : List.of(tcbs.current(), tcbs.reported(), tcbs.committed(), tcbs.launch())) {
      if (TcbVersion.reservedBits(raw, product) != 0) {
        throw new AttestationException(
            Reason.RESERVED_NOT_ZERO,
            "snp-tcb-reserved",
            "TCB version 0x%016x".formatted(raw),
            "zero where " + product.label() + " reserves bytes");
      }
    }
  }

  /**
   * The endorsement key is derived from the TCB that it certifies, so the report can have no other.
   */
  private static void requireTcb(SnpReport report, VekExtensions vek, CheckList checks)
      throws AttestationException {
    TcbVersion reported = TcbVersion.of(report.tcbs().reported(), vek.product());
    checks.require(
        reported.equals(vek.tcb()),
        "snp-reported-tcb",
        Reason.SNP_TCB_MISMATCH,
        reported.toString(),
        vek.tcb() + ", as the endorsement key says");
  }

  /** A VCEK names its chip, a VLEK does not. The host may mask the report's CHIP_ID with zeros. */
  private static void requireChip(SnpReport report, VekExtensions vek, CheckList checks)
      throws AttestationException {
    if (vek.hardwareId().isEmpty()) {
      return;
    }
    byte[] chip = report.chipId();
    if (ByteReader.allZero(chip)) {
      checks.notChecked(
          "snp-chip-id", Reason.SNP_CHIP_ID, "CHIP_ID is masked", "the chip of the VCEK");
      return;
    }
    byte[] wanted = Arrays.copyOf(vek.hardwareId().get(), chip.length);
    checks.require(
        Arrays.equals(chip, wanted),
        "snp-chip-id",
        Reason.SNP_CHIP_ID,
        HexFormat.of().formatHex(chip),
        HexFormat.of().formatHex(wanted) + ", as the VCEK says");
  }

  /**
   * [ABI] section 3.3: REPORTED_TCB is at most COMMITTED_TCB, which is at most CURRENT_TCB.
   * LAUNCH_TCB stands in no such order, since firmware that was not committed may be taken back
   * after a launch; policies bound it by itself.
   */
  private static void requireNoRollback(SnpReport report, SnpProduct product, CheckList checks)
      throws AttestationException {
    TcbVersion reported = TcbVersion.of(report.tcbs().reported(), product);
    TcbVersion committed = TcbVersion.of(report.tcbs().committed(), product);
    TcbVersion current = TcbVersion.of(report.tcbs().current(), product);
    requireNotBelow("committed", committed, "reported", reported, checks);
    requireNotBelow("current", current, "committed", committed, checks);
    FirmwareVersion now = report.currentFirmware();
    FirmwareVersion least = report.committedFirmware();
    checks.require(
        now.compareTo(least) >= 0,
        "snp-firmware-rollback",
        Reason.SNP_TCB_ROLLBACK,
        "current firmware " + now,
        "at least the committed " + least);
  }

  private static void requireNotBelow(
      String name, TcbVersion tcb, String floorName, TcbVersion floor, CheckList checks)
      throws AttestationException {
    List<String> below = tcb.below(floor);
    checks.require(
        below.isEmpty(),
        "snp-" + name + "-tcb",
        Reason.SNP_TCB_ROLLBACK,
        below.isEmpty() ? tcb.toString() : String.join(", ", below),
        "at least the " + floorName + " TCB");
  }

  private static void requireGuest(SnpReport report, CheckList checks) throws AttestationException {
    checks.require(
        report.vmpl() >= 0 && report.vmpl() <= LOWEST_PRIVILEGE,
        "snp-vmpl",
        Reason.SNP_VMPL,
        "requested at VMPL " + Integer.toUnsignedString(report.vmpl()),
        "0 to 3: by the guest, not by its host");
    notePrivilege(report, checks);
    GuestPolicy policy = report.policy();
    checks.require(
        report.currentFirmware().supports(policy.abiMajor(), policy.abiMinor()),
        "snp-abi",
        Reason.INCONSISTENT,
        "firmware " + report.currentFirmware(),
        "at least " + policy.abiMajor() + "." + policy.abiMinor() + ", as the guest policy says");
    checks.require(
        report.authorKeyEnabled() || ByteReader.allZero(report.authorKeyDigest()),
        "snp-author-key",
        Reason.INCONSISTENT,
        report.authorKeyEnabled() ? "author key in use" : "no author key in use",
        "a digest only where a key is in use");
    noteMigration(report, checks);
  }

  /**
   * Above VMPL 0 the report speaks for software that whoever runs at VMPL 0, such as a paravisor,
   * controls; a policy that means it pins {@code vmpl}, too.
   */
  private static void notePrivilege(SnpReport report, CheckList checks) {
    String seen = "requested at VMPL " + report.vmpl();
    if (report.vmpl() == 0) {
      checks.passed("snp-vmpl-privilege", seen, "VMPL 0");
    } else {
      checks.undecided("snp-vmpl-privilege", Reason.SNP_VMPL, seen, "VMPL 0");
    }
  }

  /** Whether a migration agent may be trusted only a policy can say; a strict one refuses. */
  private static void noteMigration(SnpReport report, CheckList checks) {
    if (report.policy().migrationAllowed()) {
      checks.undecided(
          "snp-migration",
          Reason.SNP_MIGRATION,
          "the guest may be migrated by agent "
              + HexFormat.of().formatHex(report.migrationAgentReportId()),
          "a guest that stays where it was measured");
    } else {
      checks.passed("snp-migration", "not allowed", "not allowed");
    }
  }
}
