package io.silenda.attest.channel;

import java.util.HexFormat;

/**
 * The number of a session, chosen at random by the worker. No secret.
 *
 * @param hex 16 bytes, lower-case
 */
record SessionId(String hex) {
  static final int BYTES = 16;

  static SessionId of(byte[] bytes) {
    return new SessionId(HexFormat.of().formatHex(bytes));
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }
}
