package io.silenda.he.internal;

/**
 * Operations on ciphertexts by our own kernels; each returns the pointer of a new ciphertext. A
 * pool of zero is none: the calling thread computes alone.
 */
public final class AcceleratedNatives {
  private AcceleratedNatives() {}

  public static native long multiply(long pool, long left, long right);

  public static native long square(long pool, long operand);

  public static native long relinearize(long pool, long operand, long evaluationKeys);

  public static native long rescale(long pool, long operand);

  public static native long multiplyPlain(long pool, long operand, long plaintext);

  public static native long rotate(long pool, long operand, int step, long evaluationKeys);

  public static native long squareRelinearizeRescale(long pool, long operand, long evaluationKeys);

  public static native long rerandomize(long pool, long operand, long publicKey);

  /** One result for each transform, in order. */
  public static native long[] applyTransforms(
      long pool, long[] transforms, long operand, long evaluationKeys);

  public static native long evaluatePolynomial(
      long pool,
      boolean chebyshev,
      double[] coefficients,
      long operand,
      long evaluationKeys,
      double targetScale);
}
