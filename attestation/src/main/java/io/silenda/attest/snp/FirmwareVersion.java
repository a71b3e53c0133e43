package io.silenda.attest.snp;

import java.util.Comparator;

/** Version of the SEV firmware's ABI, and its build number. Ordered by age. */
public record FirmwareVersion(int major, int minor, int build)
    implements Comparable<FirmwareVersion> {
  private static final Comparator<FirmwareVersion> BY_AGE =
      Comparator.comparingInt(FirmwareVersion::major)
          .thenComparingInt(FirmwareVersion::minor)
          .thenComparingInt(FirmwareVersion::build);

  boolean supports(int abiMajor, int abiMinor) {
    return major > abiMajor || (major == abiMajor && minor >= abiMinor);
  }

  @Override
  public int compareTo(FirmwareVersion other) {
    return BY_AGE.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + build;
  }
}
