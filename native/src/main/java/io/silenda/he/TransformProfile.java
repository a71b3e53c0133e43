package io.silenda.he;

import io.silenda.he.internal.NativeHandle;
import io.silenda.he.internal.NativeLibrary;
import io.silenda.he.internal.ProfileNatives;

/**
 * Times SEAL's and our kernels on polynomials modulo one prime, below the level of ciphertexts. Not
 * thread-safe; whoever made it closes it.
 */
public final class TransformProfile implements AutoCloseable {
  private final NativeHandle handle;

  /** What is timed. */
  public enum Operation {
    /** One number-theoretic transform of a polynomial. */
    FORWARD(0),
    /** One inverse transform. */
    INVERSE(1),
    /** Both polynomials of a ciphertext times a plaintext. */
    POINTWISE(2);

    private final int code;

    Operation(int code) {
      this.code = code;
    }
  }

  private TransformProfile(NativeHandle handle) {
    this.handle = handle;
  }

  /**
   * Builds the tables and compares the two on random data.
   *
   * @param polyModulusDegree a power of two in 1024..65536
   * @param primeBits size of the prime, 20..50
   * @throws IllegalArgumentException if there is no such prime
   * @throws NativeException if the kernels do not agree with SEAL
   */
  public static TransformProfile create(int polyModulusDegree, int primeBits) {
    NativeLibrary.ensureLoaded();
    if (Integer.bitCount(polyModulusDegree) != 1) {
      throw new IllegalArgumentException(
          "polyModulusDegree " + polyModulusDegree + " is no power of two");
    }
    long pointer =
        ProfileNatives.createTransform(
            Integer.numberOfTrailingZeros(polyModulusDegree),
            primeBits,
            NativeInfo.forcedKernels());
    return new TransformProfile(
        NativeHandle.own("TransformProfile", pointer, 0, ProfileNatives::freeTransform));
  }

  /** Nanoseconds of this thread's processor time for so many operations of SEAL's in turn. */
  public long sealNanos(Operation operation, int repetitions) {
    return nanos(operation, true, repetitions);
  }

  /** Nanoseconds of this thread's processor time for so many operations of ours in turn. */
  public long ownNanos(Operation operation, int repetitions) {
    return nanos(operation, false, repetitions);
  }

  private long nanos(Operation operation, boolean seal, int repetitions) {
    return handle.use(
        pointer -> ProfileNatives.transformNanos(pointer, operation.code, seal, repetitions));
  }

  @Override
  public void close() {
    handle.close();
  }
}
