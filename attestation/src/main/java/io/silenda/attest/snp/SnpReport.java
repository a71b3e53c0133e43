package io.silenda.attest.snp;

import java.util.Arrays;
import java.util.Optional;

/**
 * A parsed attestation report, [ABI] table 23. Nothing in it is proven until {@link SnpVerifier}
 * has checked its signature. TCB versions are raw, since their layout depends on the product.
 * Immutable; arrays are handed out as copies.
 *
 * @param version 2, 3 or 5
 * @param vmpl 0 to 3; 0xffffffff where the host asked for the report
 * @param cpuid empty in version 2
 * @param mitigations empty before version 5
 */
public record SnpReport(
    int version,
    int guestSvn,
    GuestPolicy policy,
    int vmpl,
    long platformInfo,
    boolean authorKeyEnabled,
    SigningKey signingKey,
    RawTcbs tcbs,
    Optional<Cpuid> cpuid,
    FirmwareVersion currentFirmware,
    FirmwareVersion committedFirmware,
    Optional<Mitigations> mitigations,
    byte[] raw) {

  /** Family, model and stepping as CPUID function 1 gives them, extended parts included. */
  public record Cpuid(int family, int model, int stepping) {}

  /**
   * Vectors of verified mitigations at launch and now; the meaning of their bits depends on the
   * product.
   */
  public record Mitigations(long launch, long current) {}

  /** The four TCB_VERSION fields as little-endian integers. */
  public record RawTcbs(long current, long reported, long committed, long launch) {}

  public SnpReport {
    raw = raw.clone();
  }

  @Override
  public byte[] raw() {
    return raw.clone();
  }

  public byte[] familyId() {
    return field(SnpReportLayout.FAMILY_ID, 16);
  }

  public byte[] imageId() {
    return field(SnpReportLayout.IMAGE_ID, 16);
  }

  /** What the guest asked the firmware to sign, 64 bytes. */
  public byte[] reportData() {
    return field(SnpReportLayout.REPORT_DATA, 64);
  }

  /** Launch measurement, 48 bytes. */
  public byte[] measurement() {
    return field(SnpReportLayout.MEASUREMENT, 48);
  }

  /** What the hypervisor passed at launch, 32 bytes. */
  public byte[] hostData() {
    return field(SnpReportLayout.HOST_DATA, 32);
  }

  public byte[] idKeyDigest() {
    return field(SnpReportLayout.ID_KEY_DIGEST, 48);
  }

  public byte[] authorKeyDigest() {
    return field(SnpReportLayout.AUTHOR_KEY_DIGEST, 48);
  }

  public byte[] reportId() {
    return field(SnpReportLayout.REPORT_ID, 32);
  }

  /** All ones where no migration agent is associated with the guest. */
  public byte[] migrationAgentReportId() {
    return field(SnpReportLayout.REPORT_ID_MA, 32);
  }

  /** 64 bytes, zero where the host masks them. */
  public byte[] chipId() {
    return field(SnpReportLayout.CHIP_ID, 64);
  }

  /** REPORTED_TCB as the eight bytes of the report. */
  public byte[] reportedTcbBytes() {
    return field(SnpReportLayout.REPORTED_TCB, 8);
  }

  /** The bytes that the signature covers. */
  public byte[] signedBytes() {
    return field(0, SnpReportLayout.SIGNATURE);
  }

  /** R as big-endian bytes, 48 of them: the parser refused anything longer. */
  byte[] signatureR() {
    return component(SnpReportLayout.SIGNATURE);
  }

  byte[] signatureS() {
    return component(SnpReportLayout.SIGNATURE + SnpReportLayout.SIGNATURE_COMPONENT_SIZE);
  }

  private byte[] component(int offset) {
    byte[] bigEndian = new byte[48];
    for (int i = 0; i < 48; i++) {
      bigEndian[i] = raw[offset + 47 - i];
    }
    return bigEndian;
  }

  private byte[] field(int offset, int size) {
    return Arrays.copyOfRange(raw, offset, offset + size);
  }
}
