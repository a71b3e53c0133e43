package io.silenda.attest.sealed;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The secret from which the keys of containers are derived: 32 bytes, released to an appraised
 * worker alone. Whoever makes it closes it, which wipes it. Thread-safe.
 */
public final class ModelKey implements AutoCloseable {
  /** Length of the secret. */
  public static final int SIZE_BYTES = 32;

  private final byte[] secret;
  private boolean closed;

  private ModelKey(byte[] secret) {
    this.secret = secret;
  }

  /**
   * A copy of a released key; the caller wipes {@code secret}.
   *
   * @throws IllegalArgumentException if it has not {@value #SIZE_BYTES} bytes
   */
  public static ModelKey of(byte[] secret) {
    if (secret.length != SIZE_BYTES) {
      throw new IllegalArgumentException(
          "secret has " + secret.length + " bytes, must have " + SIZE_BYTES);
    }
    return new ModelKey(secret.clone());
  }

  /** A new random key. */
  public static ModelKey generate() {
    byte[] secret = new byte[SIZE_BYTES];
    new SecureRandom().nextBytes(secret);
    return new ModelKey(secret);
  }

  /**
   * The secret itself, for whoever releases it; the caller wipes the copy.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public synchronized byte[] copySecret() {
    if (closed) {
      throw new IllegalStateException("the model key is closed");
    }
    return secret.clone();
  }

  /** Wipes the secret; a second call does nothing. */
  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(secret, (byte) 0);
  }

  /** Says nothing of the secret. */
  @Override
  public String toString() {
    return "ModelKey";
  }
}
