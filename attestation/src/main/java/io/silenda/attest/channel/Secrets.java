package io.silenda.attest.channel;

import java.security.MessageDigest;
import java.util.Arrays;

/** Handling of bytes that nobody else may learn. */
final class Secrets {
  private Secrets() {}

  static void wipe(byte[]... secrets) {
    for (byte[] secret : secrets) {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** Compares in a time that depends on the lengths alone. */
  static boolean equal(byte[] a, byte[] b) {
    return MessageDigest.isEqual(a, b);
  }
}
