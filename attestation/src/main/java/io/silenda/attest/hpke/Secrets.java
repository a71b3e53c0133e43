package io.silenda.attest.hpke;

import java.security.MessageDigest;
import java.util.Arrays;

/** Handling of bytes that nobody else may learn. */
public final class Secrets {
  private Secrets() {}

  /** Overwrites them with zeros. */
  public static void wipe(byte[]... secrets) {
    for (byte[] secret : secrets) {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** Compares in a time that depends on the lengths alone. */
  public static boolean equal(byte[] a, byte[] b) {
    return MessageDigest.isEqual(a, b);
  }
}
