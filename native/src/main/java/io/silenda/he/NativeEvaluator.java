package io.silenda.he;

import io.silenda.he.internal.EvaluatorNatives;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * What evaluators share: checks, borrowing of pointers, and operations that only add. Methods that
 * take pointers make a new native ciphertext.
 */
abstract sealed class NativeEvaluator implements Evaluator
    permits SealEvaluator, AcceleratedEvaluator {
  private final CkksContext context;

  NativeEvaluator(CkksContext context) {
    this.context = context;
  }

  /** Lends the keys' pointer for the duration of a call. */
  <T> T borrow(EvaluationKeys keys, LongFunction<T> call) {
    return keys.use(call);
  }

  abstract long relinearize(long pointer, long keys);

  abstract long rotate(long pointer, int step, long keys);

  abstract long squareRelinearizeRescale(long pointer, long keys);

  abstract long rerandomize(long pointer, long publicKey);

  /** One result for each transform. */
  abstract long[] applyAll(long[] transforms, long pointer, long keys);

  abstract long evaluatePolynomial(
      boolean chebyshev, double[] coefficients, long pointer, long keys, double targetScale);

  @Override
  public Ciphertext add(Ciphertext a, Ciphertext b) {
    return binary(a, b, EvaluatorNatives::add);
  }

  @Override
  public Ciphertext sub(Ciphertext a, Ciphertext b) {
    return binary(a, b, EvaluatorNatives::subtract);
  }

  @Override
  public Ciphertext negate(Ciphertext a) {
    return unary(a, EvaluatorNatives::negate);
  }

  @Override
  public Ciphertext rerandomize(Ciphertext a, PublicKey publicKey) {
    context.requireOwn("publicKey", publicKey.context());
    return unary(a, pointer -> publicKey.use(key -> rerandomize(pointer, key)));
  }

  @Override
  public Ciphertext modSwitchTo(Ciphertext a, int level) {
    return unary(a, pointer -> EvaluatorNatives.modSwitchTo(pointer, level));
  }

  @Override
  public Ciphertext addPlain(Ciphertext a, Plaintext p) {
    return withPlaintext(a, p, EvaluatorNatives::addPlain);
  }

  @Override
  public Ciphertext relinearize(Ciphertext a, EvaluationKeys keys) {
    requireRelinearization(a, keys);
    return withKeys(a, keys, this::relinearize);
  }

  @Override
  public Ciphertext rotate(Ciphertext a, int steps, EvaluationKeys keys) {
    context.requireOwn("keys", keys.context());
    int step = context.normalizeStep("steps", steps);
    if (step != 0) {
      keys.requireRotation(step, a.level());
    }
    return withKeys(a, keys, (pointer, key) -> rotate(pointer, step, key));
  }

  @Override
  public Ciphertext squareRelinearizeRescale(Ciphertext a, EvaluationKeys keys) {
    requireRelinearization(a, keys);
    return withKeys(a, keys, this::squareRelinearizeRescale);
  }

  @Override
  public Ciphertext apply(LinearTransform transform, Ciphertext a, EvaluationKeys keys) {
    return applyAll(List.of(transform), a, keys).get(0);
  }

  @Override
  public List<Ciphertext> applyAll(
      List<LinearTransform> transforms, Ciphertext a, EvaluationKeys keys) {
    if (transforms.isEmpty()) {
      throw new IllegalArgumentException("transforms is empty, at least one is needed");
    }
    transforms.forEach(transform -> context.requireOwn("transform", transform.context()));
    context.requireOwn("keys", keys.context());
    transforms.forEach(transform -> transform.rotationLevels().forEach(keys::requireRotation));
    context.requireOwn("ciphertext", a.context());
    return context.newCiphertexts(
        () ->
            a.use(
                pointer ->
                    borrow(
                        keys,
                        key ->
                            borrow(
                                transforms,
                                0,
                                new long[transforms.size()],
                                all -> applyAll(all, pointer, key)))));
  }

  /** Borrows the transforms from the given one on. */
  private static long[] borrow(
      List<LinearTransform> transforms,
      int next,
      long[] pointers,
      UnaryOperator<long[]> application) {
    if (next == pointers.length) {
      return application.apply(pointers);
    }
    return transforms
        .get(next)
        .use(
            pointer -> {
              pointers[next] = pointer;
              return borrow(transforms, next + 1, pointers, application);
            });
  }

  @Override
  public Ciphertext evaluate(
      Polynomial polynomial, Ciphertext a, EvaluationKeys keys, double targetScale) {
    if (polynomial.degree() > 1) {
      requireRelinearization(a, keys);
    }
    boolean chebyshev = polynomial.basis() == Polynomial.Basis.CHEBYSHEV;
    double[] coefficients = polynomial.coefficients();
    return withKeys(
        a,
        keys,
        (pointer, key) -> evaluatePolynomial(chebyshev, coefficients, pointer, key, targetScale));
  }

  final Ciphertext unary(Ciphertext a, LongUnaryOperator operation) {
    context.requireOwn("ciphertext", a.context());
    return context.newCiphertext(() -> a.use(operation::applyAsLong));
  }

  final Ciphertext binary(Ciphertext a, Ciphertext b, LongBinaryOperator operation) {
    context.requireOwn("first ciphertext", a.context());
    context.requireOwn("second ciphertext", b.context());
    return context.newCiphertext(
        () -> a.use(left -> b.use(right -> operation.applyAsLong(left, right))));
  }

  final Ciphertext withPlaintext(Ciphertext a, Plaintext p, LongBinaryOperator operation) {
    context.requireOwn("ciphertext", a.context());
    context.requireOwn("plaintext", p.context());
    return context.newCiphertext(
        () -> a.use(pointer -> p.use(plaintext -> operation.applyAsLong(pointer, plaintext))));
  }

  private Ciphertext withKeys(Ciphertext a, EvaluationKeys keys, LongBinaryOperator operation) {
    context.requireOwn("ciphertext", a.context());
    context.requireOwn("keys", keys.context());
    return context.newCiphertext(
        () -> a.use(pointer -> borrow(keys, key -> operation.applyAsLong(pointer, key))));
  }

  private void requireRelinearization(Ciphertext a, EvaluationKeys keys) {
    context.requireOwn("ciphertext", a.context());
    context.requireOwn("keys", keys.context());
    keys.requireRelinearization(a.level());
  }
}
