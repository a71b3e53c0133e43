package io.silenda.attest;

import java.util.Optional;

/**
 * Status of a trusted computing base (Intel PCS API v4, "Get TCB Info"; the relaunch states are
 * those of Intel's Quote Verification Library).
 */
public enum TcbStatus {
  /** At the latest level. */
  UP_TO_DATE("UpToDate"),
  /** At the latest level; the enclave's software must mitigate an advisory. */
  SW_HARDENING_NEEDED("SWHardeningNeeded"),
  /** At the latest level; the platform's configuration must be checked. */
  CONFIGURATION_NEEDED("ConfigurationNeeded"),
  /** Both of the above. */
  CONFIGURATION_AND_SW_HARDENING_NEEDED("ConfigurationAndSWHardeningNeeded"),
  /** The platform was updated; the guest was launched before and must be launched again. */
  TD_RELAUNCH_ADVISED("TDRelaunchAdvised"),
  /** As above, and the platform's configuration must be checked. */
  TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED("TDRelaunchAdvisedConfigurationNeeded"),
  /** Below the latest level. */
  OUT_OF_DATE("OutOfDate"),
  /** Below the latest level, and the platform's configuration must be checked. */
  OUT_OF_DATE_CONFIGURATION_NEEDED("OutOfDateConfigurationNeeded"),
  /** Compromised: never acceptable. */
  REVOKED("Revoked"),
  /** Reaches none of the levels that the vendor names: unknown, and never acceptable. */
  NO_MATCHING_LEVEL("NoMatchingTcbLevel");

  private final String code;

  TcbStatus(String code) {
    this.code = code;
  }

  /** Intel's name of the status. */
  public String code() {
    return code;
  }

  /** The status of that name, if there is one. */
  public static Optional<TcbStatus> ofCode(String code) {
    for (TcbStatus status : values()) {
      if (status.code.equals(code)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }
}
