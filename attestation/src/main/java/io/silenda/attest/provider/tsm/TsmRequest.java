package io.silenda.attest.provider.tsm;

import io.silenda.attest.provider.ReportData;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * What to ask the kernel for.
 *
 * @param reportData 64 bytes
 * @param privilegeLevel of SEV-SNP (VMPL), 0 to 3; without one, the lowest that the kernel permits
 * @param service whose evidence to ask for instead of the guest's own
 */
record TsmRequest(byte[] reportData, OptionalInt privilegeLevel, Optional<Service> service) {
  static final int LOWEST_PRIVILEGE = 3;

  /**
   * A service beneath the guest, such as the vTPM of an SVSM; kernel 6.10 and later.
   *
   * @param provider such as {@code svsm}
   * @param guid one service; all of them without it
   * @param manifestVersion the wanted version of its manifest
   */
  record Service(String provider, Optional<UUID> guid, OptionalInt manifestVersion) {}

  TsmRequest {
    reportData = ReportData.requireLength(reportData);
    if (privilegeLevel.isPresent()
        && (privilegeLevel.getAsInt() < 0 || privilegeLevel.getAsInt() > LOWEST_PRIVILEGE)) {
      throw new IllegalArgumentException(
          "privilegeLevel: " + privilegeLevel.getAsInt() + ", must be 0 to " + LOWEST_PRIVILEGE);
    }
  }

  static TsmRequest of(byte[] reportData) {
    return new TsmRequest(reportData, OptionalInt.empty(), Optional.empty());
  }

  @Override
  public byte[] reportData() {
    return reportData.clone();
  }
}
