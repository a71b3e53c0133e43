package io.silenda.dp.ledger;

import java.util.Locale;

/**
 * What the ledger is about, as its owner declares it. A digest finds a copy that is the same byte
 * for byte; one that was renamed, reordered, edited or cut is found by nobody, and its owner has to
 * declare it ({@link PrivacyLedger#declareCopy}).
 *
 * @param name name of the data set
 * @param sha256 digest of its content, 64 hexadecimal digits
 */
public record DataSetIdentity(String name, String sha256) {
  /** Checks both. */
  public DataSetIdentity {
    Fields.requirePlain("name", name);
    if (!sha256.matches("[0-9a-fA-F]{64}")) {
      throw new IllegalArgumentException("sha256 is not 64 hexadecimal digits");
    }
    sha256 = sha256.toLowerCase(Locale.ROOT);
  }
}
