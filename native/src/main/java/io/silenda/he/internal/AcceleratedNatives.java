package io.silenda.he.internal;

/** Operations on ciphertexts by our own kernels; each returns the pointer of a new ciphertext. */
public final class AcceleratedNatives {
  private AcceleratedNatives() {}

  public static native long multiply(long left, long right);

  public static native long square(long operand);

  public static native long relinearize(long operand, long evaluationKeys);

  public static native long rescale(long operand);

  public static native long multiplyPlain(long operand, long plaintext);

  public static native long rotate(long operand, int step, long evaluationKeys);

  public static native long squareRelinearizeRescale(long operand, long evaluationKeys);

  public static native long applyTransform(long transform, long operand, long evaluationKeys);

  public static native long evaluatePolynomial(
      boolean chebyshev,
      double[] coefficients,
      long operand,
      long evaluationKeys,
      double targetScale);
}
