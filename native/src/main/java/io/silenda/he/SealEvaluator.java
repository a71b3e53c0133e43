package io.silenda.he;

import io.silenda.he.internal.EvaluatorNatives;
import io.silenda.he.internal.TransformNatives;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/** The evaluator on SEAL's arithmetic. Lives as long as its context. */
public final class SealEvaluator implements Evaluator {
  private final CkksContext context;

  /** Creates an evaluator for a context. */
  public SealEvaluator(CkksContext context) {
    this.context = context;
  }

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
  public Ciphertext multiply(Ciphertext a, Ciphertext b) {
    return binary(a, b, EvaluatorNatives::multiply);
  }

  @Override
  public Ciphertext square(Ciphertext a) {
    return unary(a, EvaluatorNatives::square);
  }

  @Override
  public Ciphertext relinearize(Ciphertext a, EvaluationKeys keys) {
    requireRelinearization(a, keys);
    return withKeys(a, keys, EvaluatorNatives::relinearize);
  }

  @Override
  public Ciphertext rescale(Ciphertext a) {
    return unary(a, EvaluatorNatives::rescale);
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
  public Ciphertext multiplyPlain(Ciphertext a, Plaintext p) {
    return withPlaintext(a, p, EvaluatorNatives::multiplyPlain);
  }

  @Override
  public Ciphertext rotate(Ciphertext a, int steps, EvaluationKeys keys) {
    context.requireOwn("keys", keys.context());
    int step = context.normalizeStep("steps", steps);
    if (step != 0) {
      keys.requireRotation(step, a.level());
    }
    return withKeys(a, keys, (pointer, key) -> EvaluatorNatives.rotate(pointer, step, key));
  }

  @Override
  public Ciphertext squareRelinearizeRescale(Ciphertext a, EvaluationKeys keys) {
    requireRelinearization(a, keys);
    return withKeys(a, keys, EvaluatorNatives::squareRelinearizeRescale);
  }

  @Override
  public Ciphertext apply(LinearTransform transform, Ciphertext a, EvaluationKeys keys) {
    context.requireOwn("transform", transform.context());
    context.requireOwn("keys", keys.context());
    transform.rotationLevels().forEach(keys::requireRotation);
    return withKeys(
        a,
        keys,
        (pointer, key) ->
            transform.use(
                nativeTransform -> TransformNatives.apply(nativeTransform, pointer, key)));
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
        (pointer, key) ->
            EvaluatorNatives.evaluatePolynomial(
                chebyshev, coefficients, pointer, key, targetScale));
  }

  private Ciphertext unary(Ciphertext a, LongUnaryOperator operation) {
    context.requireOwn("ciphertext", a.context());
    return context.newCiphertext(() -> a.use(operation::applyAsLong));
  }

  private Ciphertext binary(Ciphertext a, Ciphertext b, LongBinaryOperator operation) {
    context.requireOwn("first ciphertext", a.context());
    context.requireOwn("second ciphertext", b.context());
    return context.newCiphertext(
        () -> a.use(left -> b.use(right -> operation.applyAsLong(left, right))));
  }

  private Ciphertext withPlaintext(Ciphertext a, Plaintext p, LongBinaryOperator operation) {
    context.requireOwn("ciphertext", a.context());
    context.requireOwn("plaintext", p.context());
    return context.newCiphertext(
        () -> a.use(pointer -> p.use(plaintext -> operation.applyAsLong(pointer, plaintext))));
  }

  private Ciphertext withKeys(Ciphertext a, EvaluationKeys keys, LongBinaryOperator operation) {
    context.requireOwn("ciphertext", a.context());
    context.requireOwn("keys", keys.context());
    return context.newCiphertext(
        () -> a.use(pointer -> keys.use(key -> operation.applyAsLong(pointer, key))));
  }

  private void requireRelinearization(Ciphertext a, EvaluationKeys keys) {
    context.requireOwn("ciphertext", a.context());
    context.requireOwn("keys", keys.context());
    keys.requireRelinearization(a.level());
  }
}
