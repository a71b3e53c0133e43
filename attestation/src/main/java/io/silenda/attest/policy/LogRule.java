package io.silenda.attest.policy;

import io.silenda.attest.log.LogKey;
import java.util.HexFormat;

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
    publicKey = encoded(new LogKey(origin, HexFormat.of().parseHex(publicKey)));
  }

  /** The log. */
  LogKey key() {
    return new LogKey(origin, HexFormat.of().parseHex(publicKey));
  }

  private static String encoded(LogKey key) {
    return HexFormat.of().formatHex(key.publicKey());
  }

  @Override
  public String toString() {
    return register + " in log " + origin + " with key " + publicKey;
  }
}
