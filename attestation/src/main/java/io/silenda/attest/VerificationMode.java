package io.silenda.attest;

import java.util.Locale;
import java.util.Optional;

/** How far a verification goes. */
public enum VerificationMode {
  /** Everything: signatures, chains, collateral, revocation lists, validity. */
  FULL,
  /** Evidence and certificate chains only: no collateral, no revocation lists. */
  SIGNATURE_ONLY,
  /** The structure only: nothing is proven. */
  PARSE_ONLY;

  /** The name in JSON: {@code full}, {@code signature-only} or {@code parse-only}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The mode of that name, if there is one. */
  public static Optional<VerificationMode> ofCode(String code) {
    for (VerificationMode mode : values()) {
      if (mode.code().equals(code)) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }
}
