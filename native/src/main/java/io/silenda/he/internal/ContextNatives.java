package io.silenda.he.internal;

/** Contexts, encoding and plaintexts; every long named after an object is its pointer. */
public final class ContextNatives {
  private ContextNatives() {}

  /** The library must be loaded before. Empty kernels are the fastest of this processor. */
  public static native long create(
      int polyModulusDegree, int[] primeBits, int specialPrimes, String kernels);

  public static native void free(long context);

  /** Data primes in order, then the special primes. */
  public static native long[] primes(long context);

  public static native long encode(long context, double[] values, int level, double scale);

  public static native double[] decode(long plaintext);

  public static native long plaintextBytes(long plaintext);

  public static native void freePlaintext(long plaintext);
}
