package io.silenda.attest.intel.tcb;

import io.silenda.attest.TcbStatus;

/** How the status of a component changes that of the whole. */
final class StatusMerge {
  private StatusMerge() {}

  /**
   * The status of the whole, where {@code component} (a quoting enclave or a TDX module) is up to
   * date, out of date or revoked. What is good about the component never mends the whole.
   */
  static TcbStatus merge(TcbStatus whole, TcbStatus component) {
    if (component == TcbStatus.REVOKED || whole == TcbStatus.REVOKED) {
      return TcbStatus.REVOKED;
    }
    if (component == TcbStatus.UP_TO_DATE) {
      return whole;
    }
    return needsConfiguration(whole)
        ? TcbStatus.OUT_OF_DATE_CONFIGURATION_NEEDED
        : TcbStatus.OUT_OF_DATE;
  }

  /** Whether a status asks for a look at the platform's configuration. */
  static boolean needsConfiguration(TcbStatus status) {
    return switch (status) {
      case CONFIGURATION_NEEDED,
          CONFIGURATION_AND_SW_HARDENING_NEEDED,
          OUT_OF_DATE_CONFIGURATION_NEEDED,
          TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED ->
          true;
      case UP_TO_DATE,
          SW_HARDENING_NEEDED,
          TD_RELAUNCH_ADVISED,
          OUT_OF_DATE,
          REVOKED,
          NO_MATCHING_LEVEL ->
          false;
    };
  }

  /** Whether a status says that the level is not the latest. */
  static boolean outOfDate(TcbStatus status) {
    return status == TcbStatus.OUT_OF_DATE || status == TcbStatus.OUT_OF_DATE_CONFIGURATION_NEEDED;
  }
}
