package io.silenda.attest.psa;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.DebugState;
import io.silenda.attest.Reason;

/**
 * Life cycle of the root of trust. RFC 9783 section 4.3.1 and the Realm Management Monitor
 * specification (Arm DEN0137) section A7.2.3.2.7 number the states alike; the low byte is the
 * implementation's own.
 */
public enum Lifecycle {
  UNKNOWN(0x00),
  ASSEMBLY_AND_TEST(0x10),
  ROT_PROVISIONING(0x20),
  SECURED(0x30),
  NON_ROT_DEBUG(0x40),
  RECOVERABLE_ROT_DEBUG(0x50),
  DECOMMISSIONED(0x60);

  private final int highByte;

  Lifecycle(int highByte) {
    this.highByte = highByte;
  }

  /** The state of a life cycle claim. */
  public static Lifecycle of(long claim) throws AttestationException {
    for (Lifecycle state : values()) {
      if (claim >> 8 == state.highByte) {
        return state;
      }
    }
    throw new AttestationException(
        Reason.BAD_FIELD, "lifecycle", "0x" + Long.toHexString(claim), "0x0000 to 0x60ff");
  }

  /**
   * Refuses states in which keys may be known to others: RFC 9783 attests a device that is secured
   * or of which only other software than the root of trust is debugged. A root of trust under debug
   * is let through as debuggable, for the policy to judge.
   */
  public DebugState requireAttestable(CheckList checks) throws AttestationException {
    boolean attestable = this == SECURED || this == NON_ROT_DEBUG || this == RECOVERABLE_ROT_DEBUG;
    checks.require(
        attestable, "lifecycle", Reason.INSECURE_LIFECYCLE, name(), "SECURED or a debug state");
    return this == SECURED ? DebugState.OFF : DebugState.ON;
  }
}
