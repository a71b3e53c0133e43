package io.silenda.he;

import io.silenda.he.internal.AcceleratedNatives;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * The evaluator on our own vector kernels (see {@link NativeInfo#evaluatorKernel()}), several times
 * faster than {@link SealEvaluator}. Lives as long as its context and its pool. Deterministic, for
 * any number of threads.
 *
 * <p>With one special prime all operations but {@link #apply} and {@link #applyAll} give SEAL's
 * result bit for bit; linear transforms differ from SEAL's by noise, as the rotations in them share
 * one decomposition of the ciphertext. With several special primes key switching is hybrid, which
 * SEAL lacks; it is the faster the longer the chain, and its noise is the same in all slots.
 */
public final class AcceleratedEvaluator extends NativeEvaluator {
  private static final long NO_POOL = 0;

  private final Optional<ComputePool> pool;

  /** Creates an evaluator for a context; each call computes on the calling thread alone. */
  public AcceleratedEvaluator(CkksContext context) {
    super(context);
    this.pool = Optional.empty();
  }

  /** Creates an evaluator for a context whose calls share a pool, which stays the caller's. */
  public AcceleratedEvaluator(CkksContext context, ComputePool pool) {
    super(context);
    this.pool = Optional.of(pool);
  }

  private <T> T withPool(LongFunction<T> operation) {
    return pool.isPresent() ? pool.get().use(operation) : operation.apply(NO_POOL);
  }

  @Override
  public Ciphertext multiply(Ciphertext a, Ciphertext b) {
    return binary(
        a, b, (left, right) -> withPool(pool -> AcceleratedNatives.multiply(pool, left, right)));
  }

  @Override
  public Ciphertext square(Ciphertext a) {
    return unary(a, pointer -> withPool(pool -> AcceleratedNatives.square(pool, pointer)));
  }

  @Override
  public Ciphertext rescale(Ciphertext a) {
    return unary(a, pointer -> withPool(pool -> AcceleratedNatives.rescale(pool, pointer)));
  }

  @Override
  public Ciphertext multiplyPlain(Ciphertext a, Plaintext p) {
    return withPlaintext(
        a,
        p,
        (pointer, plaintext) ->
            withPool(pool -> AcceleratedNatives.multiplyPlain(pool, pointer, plaintext)));
  }

  @Override
  long relinearize(long pointer, long keys) {
    return withPool(pool -> AcceleratedNatives.relinearize(pool, pointer, keys));
  }

  @Override
  long rotate(long pointer, int step, long keys) {
    return withPool(pool -> AcceleratedNatives.rotate(pool, pointer, step, keys));
  }

  @Override
  long squareRelinearizeRescale(long pointer, long keys) {
    return withPool(pool -> AcceleratedNatives.squareRelinearizeRescale(pool, pointer, keys));
  }

  @Override
  long rerandomize(long pointer, long publicKey) {
    return withPool(pool -> AcceleratedNatives.rerandomize(pool, pointer, publicKey));
  }

  @Override
  long[] applyAll(long[] transforms, long pointer, long keys) {
    return withPool(pool -> AcceleratedNatives.applyTransforms(pool, transforms, pointer, keys));
  }

  @Override
  long evaluatePolynomial(
      boolean chebyshev, double[] coefficients, long pointer, long keys, double targetScale) {
    return withPool(
        pool ->
            AcceleratedNatives.evaluatePolynomial(
                pool, chebyshev, coefficients, pointer, keys, targetScale));
  }
}
