package io.silenda.he;

import java.util.List;

/**
 * Computes on ciphertexts. Every operation leaves its operands as they are and returns a new
 * ciphertext, which the caller closes. Thread-safe; one call uses one thread unless the evaluator
 * has a {@link ComputePool}.
 *
 * <p>All operations refuse operands of another context, and operands at levels, scales or sizes
 * that do not fit, with an {@link IllegalArgumentException}; closed operands with an {@link
 * IllegalStateException}. Scales that differ by less than 2^-30, relatively, count as equal.
 */
public interface Evaluator {

  /** Sum of two ciphertexts at one level and scale. */
  Ciphertext add(Ciphertext a, Ciphertext b);

  /**
   * Difference of two ciphertexts at one level and scale.
   *
   * @throws IllegalStateException if both are the same encryption, as the result would not be
   *     encrypted
   */
  Ciphertext sub(Ciphertext a, Ciphertext b);

  /** The negative of a ciphertext. */
  Ciphertext negate(Ciphertext a);

  /**
   * The same values with fresh randomness: the sum with an encryption of zero. Its polynomials tell
   * nothing of how they were computed, but what their noise tells. The noise that it adds is that
   * of rounding.
   *
   * @param a of size 2
   * @param publicKey of the secret key that decrypts it
   */
  Ciphertext rerandomize(Ciphertext a, PublicKey publicKey);

  /** Product of two ciphertexts of size 2 at one level: size 3, the scales multiplied. */
  Ciphertext multiply(Ciphertext a, Ciphertext b);

  /** Square of a ciphertext of size 2: size 3, the scale squared. */
  Ciphertext square(Ciphertext a);

  /** Brings a product from size 3 back to size 2, at its level and scale. */
  Ciphertext relinearize(Ciphertext a, EvaluationKeys keys);

  /** Drops the last prime: one level less, the scale divided by that prime. */
  Ciphertext rescale(Ciphertext a);

  /** Drops primes down to a level, at the same scale. */
  Ciphertext modSwitchTo(Ciphertext a, int level);

  /** Sum of a ciphertext and a plaintext at one level and scale. */
  Ciphertext addPlain(Ciphertext a, Plaintext p);

  /** Product with a plaintext at the same level, which must not be zero: the scales multiplied. */
  Ciphertext multiplyPlain(Ciphertext a, Plaintext p);

  /**
   * Rotates the slots: slot s of the result is slot s + steps of the operand, modulo the number of
   * slots.
   *
   * @param steps in 1-slots..slots-1; 0 copies
   * @throws IllegalArgumentException if no key was planned for the step at this level
   */
  Ciphertext rotate(Ciphertext a, int steps, EvaluationKeys keys);

  /**
   * Squares, relinearizes and rescales: one level less, the scale squared and divided by the
   * dropped prime.
   */
  Ciphertext squareRelinearizeRescale(Ciphertext a, EvaluationKeys keys);

  /**
   * Applies a linear transform; the result is at its result level and scale.
   *
   * @throws IllegalArgumentException if the ciphertext is not at the level and scale the transform
   *     was built for, or a rotation key is missing
   */
  Ciphertext apply(LinearTransform transform, Ciphertext a, EvaluationKeys keys);

  /**
   * Applies several linear transforms to one ciphertext, which is decomposed for its rotations only
   * once; one result for each, in order, as {@link #apply} would give it.
   *
   * @throws IllegalArgumentException as {@link #apply}, or if there is no transform
   */
  List<Ciphertext> applyAll(List<LinearTransform> transforms, Ciphertext a, EvaluationKeys keys);

  /**
   * Evaluates a polynomial on every slot, {@link Polynomial#depth()} levels down, with a result of
   * exactly the target scale. Relinearization keys must reach the ciphertext's level. Precision is
   * best when the scale is close to the primes that are dropped on the way.
   */
  Ciphertext evaluate(Polynomial polynomial, Ciphertext a, EvaluationKeys keys, double targetScale);
}
