package io.silenda.attest;

import java.util.List;

/**
 * Evidence as it came: bytes in a named format, and the files that endorse it. Nothing in here has
 * been proven.
 *
 * @param format the name of the format, such as {@code tdx-quote-v4}
 * @param bytes the evidence itself
 * @param endorsements certificates (leaf first, then issuers), revocation lists, collateral
 */
public record Evidence(String format, byte[] bytes, List<EndorsementFile> endorsements) {
  /** Copies the arguments. */
  public Evidence {
    bytes = bytes.clone();
    endorsements = List.copyOf(endorsements);
  }

  /** Evidence without endorsements. */
  public static Evidence of(String format, byte[] bytes) {
    return new Evidence(format, bytes, List.of());
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }
}
