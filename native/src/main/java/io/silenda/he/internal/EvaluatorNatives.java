package io.silenda.he.internal;

/** Operations on ciphertexts; each returns the pointer of a new ciphertext. */
public final class EvaluatorNatives {
  private EvaluatorNatives() {}

  public static native long add(long left, long right);

  public static native long subtract(long left, long right);

  public static native long negate(long operand);

  public static native long rerandomize(long operand, long publicKey);

  public static native long multiply(long left, long right);

  public static native long square(long operand);

  public static native long relinearize(long operand, long evaluationKeys);

  public static native long rescale(long operand);

  public static native long modSwitchTo(long operand, int level);

  public static native long addPlain(long operand, long plaintext);

  public static native long multiplyPlain(long operand, long plaintext);

  public static native long rotate(long operand, int step, long evaluationKeys);

  public static native long squareRelinearizeRescale(long operand, long evaluationKeys);

  public static native long evaluatePolynomial(
      boolean chebyshev,
      double[] coefficients,
      long operand,
      long evaluationKeys,
      double targetScale);
}
