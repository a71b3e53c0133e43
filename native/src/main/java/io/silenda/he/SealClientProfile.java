package io.silenda.he;

import io.silenda.he.internal.NativeHandle;
import io.silenda.he.internal.ProfileNatives;

/**
 * Times what SEAL itself does for a client: the baseline for {@link Encoder}, {@link Encryptor} and
 * {@link Decryptor}. Not thread-safe; whoever made it closes it.
 */
public final class SealClientProfile implements AutoCloseable {
  private final CkksContext context;
  private final SecretKey secretKey;
  private final NativeHandle handle;

  /** What is timed. */
  public enum Operation {
    /** A real vector to a plaintext. */
    ENCODE(0),
    /** Symmetric encryption with a seed. */
    ENCRYPT(1),
    /** A plaintext to a real vector. */
    DECODE(2),
    /** A ciphertext to a real vector. */
    DECRYPT(3);

    private final int code;

    Operation(int code) {
      this.code = code;
    }
  }

  private SealClientProfile(CkksContext context, SecretKey secretKey, NativeHandle handle) {
    this.context = context;
    this.secretKey = secretKey;
    this.handle = handle;
  }

  /**
   * Encodes and encrypts the values once.
   *
   * @param secretKey must stay open while this is used
   * @throws IllegalArgumentException for what {@link Encoder#encode} refuses
   */
  public static SealClientProfile create(
      CkksContext context, SecretKey secretKey, double[] values, int level, double scale) {
    context.requireOwn("secretKey", secretKey.context());
    context.requireLevel(level);
    long pointer =
        context.use(
            unused ->
                secretKey.<Long>use(
                    secret -> ProfileNatives.createClient(secret, values, level, scale)));
    return new SealClientProfile(
        context,
        secretKey,
        NativeHandle.own("SealClientProfile", pointer, 0, ProfileNatives::freeClient));
  }

  /** Nanoseconds of this thread's processor time for so many operations in turn. */
  public long nanos(Operation operation, int repetitions) {
    return context.use(
        unusedContext ->
            secretKey.use(
                unusedKey ->
                    handle.use(
                        pointer ->
                            ProfileNatives.clientNanos(pointer, operation.code, repetitions))));
  }

  @Override
  public void close() {
    handle.close();
  }
}
