package io.silenda.attest.policy;

/**
 * Demands that a measured register was published in a log.
 *
 * @param register the name of the register
 * @param origin the name of the log, as its checkpoints have it
 * @param publicKey the log's Ed25519 key, 32 bytes as lower-case hex
 */
public record LogRule(String register, String origin, String publicKey) {
  /** Checks the form of the arguments. */
  public LogRule {
    PolicyChecks.requireName("register", register);
    PolicyChecks.requireName("origin", origin);
    PolicyChecks.requireHex("publicKey", publicKey, 32);
  }

  @Override
  public String toString() {
    return register + " in log " + origin + " with key " + publicKey;
  }
}
