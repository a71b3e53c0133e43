package io.silenda.he;

import io.silenda.he.internal.CiphertextNatives;
import io.silenda.he.internal.EvaluatorNatives;
import io.silenda.he.internal.TransformNatives;
import java.util.function.LongFunction;

/**
 * The evaluator on SEAL's arithmetic: the reference for {@link AcceleratedEvaluator}. Lives as long
 * as its context. Evaluation keys take more memory once it has used them: it reads SEAL's form of
 * them, which is made for each key at its first use and kept as long as the keys.
 *
 * <p>SEAL switches keys with one special prime: what needs evaluation keys is refused with an
 * {@link IllegalArgumentException} where the parameters have several.
 */
public final class SealEvaluator extends NativeEvaluator {

  /** Creates an evaluator for a context. */
  public SealEvaluator(CkksContext context) {
    super(context);
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
  public Ciphertext rescale(Ciphertext a) {
    return unary(a, EvaluatorNatives::rescale);
  }

  @Override
  public Ciphertext multiplyPlain(Ciphertext a, Plaintext p) {
    return withPlaintext(a, p, EvaluatorNatives::multiplyPlain);
  }

  @Override
  <T> T borrow(EvaluationKeys keys, LongFunction<T> call) {
    return keys.useRecounted(call);
  }

  @Override
  long relinearize(long pointer, long keys) {
    return EvaluatorNatives.relinearize(pointer, keys);
  }

  @Override
  long rotate(long pointer, int step, long keys) {
    return EvaluatorNatives.rotate(pointer, step, keys);
  }

  @Override
  long squareRelinearizeRescale(long pointer, long keys) {
    return EvaluatorNatives.squareRelinearizeRescale(pointer, keys);
  }

  @Override
  long rerandomize(long pointer, long publicKey) {
    return EvaluatorNatives.rerandomize(pointer, publicKey);
  }

  @Override
  long[] applyAll(long[] transforms, long pointer, long keys) {
    long[] results = new long[transforms.length];
    int done = 0;
    try {
      for (; done < transforms.length; done++) {
        results[done] = TransformNatives.apply(transforms[done], pointer, keys);
      }
    } finally {
      for (int i = 0; done < transforms.length && i < done; i++) {
        CiphertextNatives.free(results[i]);
      }
    }
    return results;
  }

  @Override
  long evaluatePolynomial(
      boolean chebyshev, double[] coefficients, long pointer, long keys, double targetScale) {
    return EvaluatorNatives.evaluatePolynomial(chebyshev, coefficients, pointer, keys, targetScale);
  }
}
