package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both evaluators on the same ciphertexts: everything but hoisting is equal bit for bit. */
@ParameterizedClass
@MethodSource("io.silenda.he.HeFixture#kernels")
class AcceleratedEvaluatorTest {
  private static final double SCALE = 0x1p40;

  @Parameter String kernels = "";

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void sequencesOfOperationsAgreeWithSeal(long seed) {
    Random random = new Random(seed);
    Polynomial polynomial =
        new Polynomial(Polynomial.Basis.CHEBYSHEV, HeFixture.randomValues(random, 8));
    try (HeFixture he = new HeFixture(HeFixture.LONG_CHAIN, kernels);
        EvaluationKeys keys = he.keys(he.maxLevel(), Map.of(5, he.maxLevel()));
        Ciphertext input =
            he.encrypt(HeFixture.randomValues(random, he.slots()), he.maxLevel(), SCALE)) {
      Evaluator seal = new SealEvaluator(he.context);
      assertThat(compute(he, he.evaluator, input, keys, polynomial))
          .as("seed %d", seed)
          .isEqualTo(compute(he, seal, input, keys, polynomial));
    }
  }

  private static double[] compute(
      HeFixture he,
      Evaluator evaluator,
      Ciphertext input,
      EvaluationKeys keys,
      Polynomial polynomial) {
    try (Ciphertext rotated = evaluator.rotate(input, 5, keys);
        Ciphertext square = evaluator.squareRelinearizeRescale(rotated, keys);
        Ciphertext lower = evaluator.modSwitchTo(input, square.level());
        Ciphertext product = evaluator.multiply(square, lower);
        Ciphertext relinearized = evaluator.relinearize(product, keys);
        Ciphertext rescaled = evaluator.rescale(relinearized);
        Ciphertext result = evaluator.evaluate(polynomial, rescaled, keys, SCALE)) {
      return he.decrypt(result);
    }
  }
}
