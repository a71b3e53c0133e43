package io.silenda.he.internal;

/**
 * Bit-packed parts of ciphertexts and keys; every long named after an object is its pointer. An
 * array for a packed polynomial or a seed may be longer than what it holds.
 */
public final class WireNatives {
  private WireNatives() {}

  public static native long newCiphertext(long context, int level, int polynomials, double scale);

  public static native void seedCiphertext(long ciphertext, byte[] seed);

  /** False, leaving the array alone, if the ciphertext has no seed. */
  public static native boolean ciphertextSeed(long ciphertext, byte[] seed);

  public static native boolean isTransparent(long ciphertext);

  /** False if a residue is not below its prime, here and below. */
  public static native boolean unpackCiphertext(
      long ciphertext, int polynomial, int prime, byte[] packed);

  public static native void packCiphertext(
      long ciphertext, int polynomial, int prime, byte[] packed);

  /** As packCiphertext and unpackCiphertext, for coefficients without their lowest bits. */
  public static native void packRounded(
      long ciphertext, int polynomial, int prime, int droppedBits, byte[] packed);

  public static native boolean unpackRounded(
      long ciphertext, int polynomial, int prime, int droppedBits, byte[] packed);

  public static native long newPublicKey(long context, byte[] seed);

  public static native void publicKeySeed(long publicKey, byte[] seed);

  public static native boolean unpackPublicKey(long publicKey, int prime, byte[] packed);

  public static native void packPublicKey(long publicKey, int prime, byte[] packed);

  /** No key yet; what is there grows with every digit. */
  public static native long newArrivingKeys(long context);

  public static native void freeArrivingKeys(long arrivingKeys);

  public static native long arrivingKeyBytes(long arrivingKeys);

  /** Begins a digit of the key of a rotation step; step 0 is the relinearization key. */
  public static native void addDigit(long arrivingKeys, int step, int level, byte[] seed);

  public static native boolean unpackDigit(
      long arrivingKeys, int step, int digit, int prime, byte[] packed);

  /** Evaluation keys of all digits; the arriving keys are empty then. */
  public static native long finishKeys(long arrivingKeys);

  public static native void digitSeed(long evaluationKeys, int step, int digit, byte[] seed);

  public static native void packDigit(
      long evaluationKeys, int step, int digit, int prime, byte[] packed);

  public static native void packSecretKey(long secretKey, byte[] packed);

  /** Zero if a coefficient is not -1, 0 or 1. */
  public static native long unpackSecretKey(long context, byte[] packed);
}
