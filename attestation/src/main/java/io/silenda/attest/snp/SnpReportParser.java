package io.silenda.attest.snp;

import static io.silenda.attest.snp.SnpReportLayout.AUTHOR_KEY_ENABLED;
import static io.silenda.attest.snp.SnpReportLayout.KEY_FLAGS_DEFINED;
import static io.silenda.attest.snp.SnpReportLayout.MASK_CHIP_KEY;
import static io.silenda.attest.snp.SnpReportLayout.SIGNATURE_COMPONENT_SIZE;
import static io.silenda.attest.snp.SnpReportLayout.SIGNING_KEY_MASK;
import static io.silenda.attest.snp.SnpReportLayout.SIGNING_KEY_SHIFT;
import static io.silenda.attest.snp.SnpReportLayout.SIZE;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.snp.SnpReport.Cpuid;
import io.silenda.attest.snp.SnpReport.Mitigations;
import io.silenda.attest.snp.SnpReport.RawTcbs;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Reads attestation reports. Exact size, known versions, reserved bytes zero; proves nothing. */
public final class SnpReportParser {
  private static final int VERSION_WITH_CPUID = 3;
  private static final int VERSION_WITH_MITIGATIONS = 5;

  private final byte[] raw;
  private final ByteBuffer fields;

  private SnpReportParser(byte[] raw) {
    this.raw = raw;
    this.fields = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Parses one report.
   *
   * @throws AttestationException {@link Reason#BAD_LENGTH}, {@link Reason#UNSUPPORTED_VERSION},
   *     {@link Reason#UNSUPPORTED_ALGORITHM}, {@link Reason#RESERVED_NOT_ZERO}, {@link
   *     Reason#BAD_FIELD} or {@link Reason#SNP_SIGNING_KEY}
   */
  public static SnpReport parse(byte[] report) throws AttestationException {
    if (report.length != SIZE) {
      throw new AttestationException(
          Reason.BAD_LENGTH, "snp-report", report.length + " bytes", SIZE + " bytes");
    }
    return new SnpReportParser(report.clone()).parse();
  }

  private SnpReport parse() throws AttestationException {
    int version = fields.getInt(SnpReportLayout.VERSION);
    if (version != 2 && version != VERSION_WITH_CPUID && version != VERSION_WITH_MITIGATIONS) {
      throw new AttestationException(
          Reason.UNSUPPORTED_VERSION,
          "snp-version",
          Integer.toUnsignedString(version),
          "2, 3 or 5");
    }
    requireReservedZero(version);
    requireKnownSignature();
    GuestPolicy policy = new GuestPolicy(fields.getLong(SnpReportLayout.POLICY));
    if (!policy.wellFormed()) {
      throw bad("snp-policy", hex(policy.bits()), "bit 17 set, bits above 25 clear");
    }
    int flags = fields.getInt(SnpReportLayout.KEY_FLAGS);
    return new SnpReport(
        version,
        fields.getInt(SnpReportLayout.GUEST_SVN),
        policy,
        fields.getInt(SnpReportLayout.VMPL),
        fields.getLong(SnpReportLayout.PLATFORM_INFO),
        (flags & AUTHOR_KEY_ENABLED) != 0,
        signingKey(flags),
        tcbs(),
        cpuid(version),
        firmware(SnpReportLayout.CURRENT_BUILD),
        firmware(SnpReportLayout.COMMITTED_BUILD),
        mitigations(version),
        raw);
  }

  private SigningKey signingKey(int flags) throws AttestationException {
    if ((flags & ~KEY_FLAGS_DEFINED) != 0) {
      throw bad("snp-key-flags", hex(flags), "bits above 4 clear");
    }
    if ((flags & MASK_CHIP_KEY) != 0) {
      throw new AttestationException(
          Reason.SNP_SIGNING_KEY, "snp-signing-key", "MASK_CHIP_KEY: not signed", "VCEK or VLEK");
    }
    int key = flags >> SIGNING_KEY_SHIFT & SIGNING_KEY_MASK;
    return switch (key) {
      case 0 -> SigningKey.VCEK;
      case 1 -> SigningKey.VLEK;
      case 7 ->
          throw new AttestationException(
              Reason.SNP_SIGNING_KEY, "snp-signing-key", "NONE: not signed", "VCEK or VLEK");
      default -> throw bad("snp-signing-key", Integer.toString(key), "0, 1 or 7");
    };
  }

  private void requireKnownSignature() throws AttestationException {
    int algorithm = fields.getInt(SnpReportLayout.SIGNATURE_ALGORITHM);
    if (algorithm != SnpReportLayout.ECDSA_P384_SHA384) {
      throw new AttestationException(
          Reason.UNSUPPORTED_ALGORITHM,
          "snp-signature-algorithm",
          Integer.toUnsignedString(algorithm),
          "1 (ECDSA P-384 with SHA-384)");
    }
    int r = SnpReportLayout.SIGNATURE;
    int s = r + SIGNATURE_COMPONENT_SIZE;
    requireZero("above R", r + 48, s);
    requireZero("above S", s + 48, s + SIGNATURE_COMPONENT_SIZE);
    requireZero("after S", s + SIGNATURE_COMPONENT_SIZE, SIZE);
  }

  private void requireReservedZero(int version) throws AttestationException {
    requireZero("at 4Ch", SnpReportLayout.RESERVED_AFTER_FLAGS, SnpReportLayout.REPORT_DATA);
    int afterReportedTcb =
        version >= VERSION_WITH_CPUID
            ? SnpReportLayout.RESERVED_AFTER_CPUID
            : SnpReportLayout.CPUID_FAMILY;
    requireZero("after REPORTED_TCB", afterReportedTcb, SnpReportLayout.CHIP_ID);
    requireZero("at 1EBh", SnpReportLayout.RESERVED_AFTER_CURRENT, SnpReportLayout.COMMITTED_BUILD);
    requireZero("at 1EFh", SnpReportLayout.RESERVED_AFTER_COMMITTED, SnpReportLayout.LAUNCH_TCB);
    int afterLaunchTcb =
        version >= VERSION_WITH_MITIGATIONS
            ? SnpReportLayout.RESERVED_AFTER_MITIGATIONS
            : SnpReportLayout.LAUNCH_MITIGATIONS;
    requireZero("after LAUNCH_TCB", afterLaunchTcb, SnpReportLayout.SIGNATURE);
  }

  private void requireZero(String name, int from, int to) throws AttestationException {
    for (int i = from; i < to; i++) {
      if (raw[i] != 0) {
        throw new AttestationException(
            Reason.RESERVED_NOT_ZERO,
            "snp-reserved " + name,
            hex(raw[i] & 0xff) + " at " + hex(i),
            "0");
      }
    }
  }

  private RawTcbs tcbs() {
    return new RawTcbs(
        fields.getLong(SnpReportLayout.CURRENT_TCB),
        fields.getLong(SnpReportLayout.REPORTED_TCB),
        fields.getLong(SnpReportLayout.COMMITTED_TCB),
        fields.getLong(SnpReportLayout.LAUNCH_TCB));
  }

  private Optional<Cpuid> cpuid(int version) {
    return version < VERSION_WITH_CPUID
        ? Optional.empty()
        : Optional.of(
            new Cpuid(
                raw[SnpReportLayout.CPUID_FAMILY] & 0xff,
                raw[SnpReportLayout.CPUID_MODEL] & 0xff,
                raw[SnpReportLayout.CPUID_STEPPING] & 0xff));
  }

  private FirmwareVersion firmware(int offset) {
    return new FirmwareVersion(raw[offset + 2] & 0xff, raw[offset + 1] & 0xff, raw[offset] & 0xff);
  }

  private Optional<Mitigations> mitigations(int version) {
    return version < VERSION_WITH_MITIGATIONS
        ? Optional.empty()
        : Optional.of(
            new Mitigations(
                fields.getLong(SnpReportLayout.LAUNCH_MITIGATIONS),
                fields.getLong(SnpReportLayout.CURRENT_MITIGATIONS)));
  }

  private static AttestationException bad(String check, String seen, String wanted) {
    return new AttestationException(Reason.BAD_FIELD, check, seen, wanted);
  }

  private static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }
}
