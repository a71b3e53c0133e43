package io.silenda.infer.flood;

import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.Evaluator;
import io.silenda.he.PackedCiphertext;
import io.silenda.he.PackedPolynomials;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Adds discrete normal noise from a cryptographic generator to every coefficient of an answer,
 * imaginary parts of slots included, as those carry noise of the answer, too. Thread-safe.
 */
public final class AnswerFlood {
  private final CkksContext context;
  private final int level;
  private final WideNormal normal;
  private final Supplier<? extends LongSupplier> words;

  /**
   * A flood for answers of one model.
   *
   * @param context stays the caller's
   * @param level level of answers before they are flooded
   * @param coefficientDeviation standard deviation of the noise in each coefficient
   */
  public AnswerFlood(CkksContext context, int level, double coefficientDeviation) {
    this(context, level, coefficientDeviation, SecureWords::new);
  }

  AnswerFlood(
      CkksContext context,
      int level,
      double coefficientDeviation,
      Supplier<? extends LongSupplier> words) {
    this.context = context;
    this.level = level;
    this.normal = new WideNormal(coefficientDeviation);
    this.words = words;
  }

  /**
   * The answer with noise; the caller closes both.
   *
   * @param answer re-randomised, at this flood's level
   */
  public Ciphertext flooded(Evaluator evaluator, Ciphertext answer) {
    try (Ciphertext noise = noise(answer.scale())) {
      return evaluator.add(answer, noise);
    }
  }

  /** An encryption of nothing but noise under no key: its second polynomial is zero. */
  private Ciphertext noise(double scale) {
    long[] primes = Arrays.copyOf(context.dataPrimes(), level + 1);
    int degree = context.parameters().polyModulusDegree();
    long[][] residues = normal.draw(degree, primes, words.get());
    try (PackedCiphertext ciphertext = new PackedCiphertext(context, level, 2, scale)) {
      for (int prime = 0; prime <= level; prime++) {
        byte[] packed = new byte[PackedPolynomials.bytes(context, prime)];
        pack(residues[prime], Long.SIZE - Long.numberOfLeadingZeros(primes[prime]), packed);
        if (!ciphertext.setRounded(0, prime, 0, packed)) {
          throw new IllegalStateException("a coefficient of noise is not below its prime");
        }
      }
      return ciphertext.finish();
    }
  }

  /** Bit after bit, the least significant first. */
  private static void pack(long[] values, int bits, byte[] packed) {
    int next = 0;
    long pending = 0;
    int pendingBits = 0;
    for (long value : values) {
      pending |= value << pendingBits;
      pendingBits += bits;
      for (; pendingBits >= Byte.SIZE; pendingBits -= Byte.SIZE, pending >>>= Byte.SIZE) {
        packed[next++] = (byte) pending;
      }
    }
  }
}
