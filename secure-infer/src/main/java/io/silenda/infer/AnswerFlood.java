package io.silenda.infer;

import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.Evaluator;
import io.silenda.he.PackedCiphertext;
import io.silenda.he.PackedPolynomials;
import java.security.SecureRandom;

/**
 * Adds normal noise from a cryptographic generator to every coefficient of an answer, imaginary
 * parts of slots included: those carry noise, too. Thread-safe.
 */
final class AnswerFlood {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final CkksContext context;
  private final double coefficientDeviation;

  /**
   * @param coefficientDeviation standard deviation of the noise; 0 leaves answers as they are
   */
  AnswerFlood(CkksContext context, double coefficientDeviation) {
    this.context = context;
    this.coefficientDeviation = coefficientDeviation;
  }

  /** The answer with noise; {@code answer} is closed if that is another ciphertext. */
  Ciphertext flooded(Evaluator evaluator, Ciphertext answer) {
    if (coefficientDeviation == 0) {
      return answer;
    }
    try (answer;
        Ciphertext noise = noise(answer.scale())) {
      return evaluator.add(answer, noise);
    }
  }

  /** An encryption of nothing but noise under no key: its second polynomial is zero. */
  private Ciphertext noise(double scale) {
    byte[] packed = packedNoise();
    try (PackedCiphertext ciphertext = new PackedCiphertext(context, 0, 2, scale)) {
      if (!ciphertext.setRounded(0, 0, 0, packed)) {
        throw new IllegalStateException("a coefficient of noise is not below its prime");
      }
      return ciphertext.finish();
    }
  }

  /** Coefficients modulo the first prime, least significant bits first. */
  private byte[] packedNoise() {
    long prime = context.dataPrimes()[0];
    int bits = Long.SIZE - Long.numberOfLeadingZeros(prime);
    byte[] packed = new byte[PackedPolynomials.bytes(context, 0)];
    int next = 0;
    long pending = 0;
    int pendingBits = 0;
    for (int i = 0; i < context.parameters().polyModulusDegree(); i++) {
      long value = Math.round(RANDOM.nextGaussian() * coefficientDeviation);
      pending |= Math.floorMod(value, prime) << pendingBits;
      pendingBits += bits;
      for (; pendingBits >= Byte.SIZE; pendingBits -= Byte.SIZE, pending >>>= Byte.SIZE) {
        packed[next++] = (byte) pending;
      }
    }
    return packed;
  }
}
