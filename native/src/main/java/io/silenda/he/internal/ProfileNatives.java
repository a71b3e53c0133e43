package io.silenda.he.internal;

/** Times of kernels and of the machine, taken natively. */
public final class ProfileNatives {
  private ProfileNatives() {}

  public static native long createTransform(int log2Degree, int primeBits, String kernels);

  /** Operation 0 is forward, 1 inverse, 2 pointwise. */
  public static native long transformNanos(
      long profile, int operation, boolean seal, int repetitions);

  public static native void freeTransform(long profile);

  /** The secret key must stay open as long as the profile. */
  public static native long createClient(long secretKey, double[] values, int level, double scale);

  /** Operation 0 is encode, 1 encrypt, 2 decode, 3 decrypt and decode. */
  public static native long clientNanos(long profile, int operation, int repetitions);

  public static native void freeClient(long profile);

  public static native long createStream(long bytes);

  public static native long readNanos(long stream);

  public static native void freeStream(long stream);

  public static native double multipliesPerSecond(String kernels, long rounds);
}
