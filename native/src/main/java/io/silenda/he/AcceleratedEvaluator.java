package io.silenda.he;

import io.silenda.he.internal.AcceleratedNatives;

/**
 * The evaluator on our own vector kernels (see {@link NativeInfo#evaluatorKernel()}), several times
 * faster than {@link SealEvaluator}. Lives as long as its context. Deterministic.
 *
 * <p>With one special prime all operations but {@link #apply} give SEAL's result bit for bit;
 * linear transforms differ from SEAL's by noise, as the rotations in them share one decomposition
 * of the ciphertext. With several special primes key switching is hybrid, which SEAL lacks; it is
 * the faster the longer the chain, and its noise is the same in all slots.
 */
public final class AcceleratedEvaluator extends NativeEvaluator {

  /** Creates an evaluator for a context. */
  public AcceleratedEvaluator(CkksContext context) {
    super(context);
  }

  @Override
  public Ciphertext multiply(Ciphertext a, Ciphertext b) {
    return binary(a, b, AcceleratedNatives::multiply);
  }

  @Override
  public Ciphertext square(Ciphertext a) {
    return unary(a, AcceleratedNatives::square);
  }

  @Override
  public Ciphertext rescale(Ciphertext a) {
    return unary(a, AcceleratedNatives::rescale);
  }

  @Override
  public Ciphertext multiplyPlain(Ciphertext a, Plaintext p) {
    return withPlaintext(a, p, AcceleratedNatives::multiplyPlain);
  }

  @Override
  long relinearize(long pointer, long keys) {
    return AcceleratedNatives.relinearize(pointer, keys);
  }

  @Override
  long rotate(long pointer, int step, long keys) {
    return AcceleratedNatives.rotate(pointer, step, keys);
  }

  @Override
  long squareRelinearizeRescale(long pointer, long keys) {
    return AcceleratedNatives.squareRelinearizeRescale(pointer, keys);
  }

  @Override
  long apply(long transform, long pointer, long keys) {
    return AcceleratedNatives.applyTransform(transform, pointer, keys);
  }

  @Override
  long evaluatePolynomial(
      boolean chebyshev, double[] coefficients, long pointer, long keys, double targetScale) {
    return AcceleratedNatives.evaluatePolynomial(
        chebyshev, coefficients, pointer, keys, targetScale);
  }
}
