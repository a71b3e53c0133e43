package io.silenda.infer.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.CkksParameters;
import io.silenda.he.Decryptor;
import io.silenda.he.Encoder;
import io.silenda.he.Encryptor;
import io.silenda.he.EvaluationKeyPlan;
import io.silenda.he.EvaluationKeys;
import io.silenda.he.KeyGenerator;
import io.silenda.he.Plaintext;
import io.silenda.he.Polynomial;
import io.silenda.he.Polynomial.Basis;
import io.silenda.he.SealEvaluator;
import io.silenda.he.SecretKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The predicted error of one polynomial beside the error that its evaluation makes. */
class PolynomialNoiseIT {
  private static final int DEGREE = 16384;
  private static final long SEED = 6;

  @Test
  void equalPrimes() {
    assertPredicted(List.of(50, 40, 40, 40, 40, 40, 40, 40, 40), 8, 12, 40, 40);
  }

  @Test
  void primesOfDifferentSize() {
    assertPredicted(List.of(50, 43, 36, 44, 29, 40, 26, 39, 42, 31), 8, 12, 39.25, 35.5);
  }

  @Test
  void aResultOfFewBits() {
    assertPredicted(List.of(50, 43, 36, 44, 29, 40, 26, 39, 42, 31), 3, 7, 40.6, 26.5);
  }

  private static void assertPredicted(
      List<Integer> primes, int level, int polynomialDegree, double scale, double target) {
    Polynomial polynomial = polynomial(polynomialDegree);
    double[] inputs = new SplittableRandom(SEED).doubles(DEGREE / 2, -1, 1).toArray();
    double measured = measured(primes, level, polynomial, inputs, scale, target);
    double predicted = predicted(primes, level, polynomial, inputs, scale, target);
    assertThat(measured / predicted)
        .as("measured %s, predicted %s, seed %d", measured, predicted, SEED)
        .isBetween(0.6, 1.4);
  }

  private static Polynomial polynomial(int degree) {
    double[] coefficients = new double[degree + 1];
    Arrays.setAll(coefficients, k -> (k % 2 == 0 ? 10.0 : -7.0) / (1 + k * k));
    return new Polynomial(Basis.CHEBYSHEV, coefficients);
  }

  private static double measured(
      List<Integer> primes,
      int level,
      Polynomial polynomial,
      double[] inputs,
      double scale,
      double target) {
    EvaluationKeyPlan plan = new EvaluationKeyPlan(level, new TreeMap<>());
    try (CkksContext context = CkksContext.create(CkksParameters.of(DEGREE, primes, 50));
        KeyGenerator generator = new KeyGenerator(context);
        SecretKey secret = generator.secretKey();
        EvaluationKeys keys = generator.evaluationKeys(secret, plan);
        Plaintext plaintext = new Encoder(context).encode(inputs, level, Math.pow(2, scale));
        Ciphertext encrypted = Encryptor.symmetric(context, secret).encrypt(plaintext);
        Ciphertext result =
            new SealEvaluator(context).evaluate(polynomial, encrypted, keys, Math.pow(2, target))) {
      Decryptor decryptor = new Decryptor(context, secret);
      double[] noisyInputs = decryptor.decrypt(encrypted);
      double[] outputs = decryptor.decrypt(result);
      double squares = 0;
      for (int i = 0; i < outputs.length; i++) {
        double error = outputs[i] - polynomial.valueAt(noisyInputs[i]);
        squares += error * error;
      }
      return Math.sqrt(squares / outputs.length);
    }
  }

  private static double predicted(
      List<Integer> primes,
      int level,
      Polynomial polynomial,
      double[] inputs,
      double scale,
      double target) {
    List<Integer> dropped = new ArrayList<>(primes.subList(1, primes.size()));
    Collections.reverse(dropped);
    int start = primes.size() - 1 - level;
    double rounding = DEGREE / 2.0 * (1 + 2.0 * DEGREE / 3) / 12;
    double[] keySwitch = new double[polynomial.depth()];
    for (int d = 0; d < keySwitch.length; d++) {
      double digits = 1;
      for (int bits : dropped.subList(start + d, dropped.size())) {
        digits += Math.pow(4, bits - 50);
      }
      keySwitch[d] = DEGREE / 2.0 * digits * DEGREE / 3.0 * 3.2 * 3.2 + rounding;
    }
    PolynomialNoise noise =
        new PolynomialNoise(
            polynomial,
            PolynomialGains.observe(polynomial, List.of(inputs)),
            dropped.stream().mapToInt(bits -> bits).toArray(),
            start,
            keySwitch,
            rounding);
    return Math.sqrt(noise.variance(scale, target));
  }
}
