package io.silenda.he;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ten thousand random sequences of operations, spread over all kernel sets: our evaluator has
 * SEAL's bits until a linear transform is part of the sequence, and keeps within the noise from
 * there on.
 */
class RandomSequencesTest {
  private static final int SEQUENCES = 10_000;

  /** Primes on both sides of the widths at which kernels change their arithmetic. */
  private static final List<List<Integer>> CHAINS =
      List.of(List.of(50, 40, 40, 40), List.of(46, 30, 30, 30), List.of(50, 47, 47, 47));

  static Stream<Arguments> kernelsAndChains() {
    return HeFixture.kernels()
        .flatMap(kernels -> CHAINS.stream().map(chain -> Arguments.of(kernels, chain)));
  }

  @ParameterizedTest
  @MethodSource("kernelsAndChains")
  void agreeWithSeal(String kernels, List<Integer> chain) {
    CkksParameters parameters =
        InsecureCkksParameters.withoutSecurityCheck(1024, chain, chain.get(0));
    Map<Integer, Integer> steps = new TreeMap<>();
    Arrays.stream(TwinOperations.STEPS).forEach(step -> steps.put(step, chain.size() - 1));
    double scale = Math.scalb(1.0, chain.get(1));
    try (HeFixture he = new HeFixture(parameters, kernels);
        EvaluationKeys keys = he.keys(he.maxLevel(), steps)) {
      TwinOperations operations = new TwinOperations(he, keys, scale);
      int count = SEQUENCES / (int) kernelsAndChains().count() + 1;
      for (int i = 0; i < count; i++) {
        long seed = 1_000_000L * chain.get(1) + 10_000L * kernels.length() + i;
        runSequence(he, operations, scale, seed, kernels + " " + chain + ", seed " + seed);
      }
    }
  }

  private static void runSequence(
      HeFixture he, TwinOperations operations, double scale, long seed, String name) {
    Random random = new Random(seed);
    int length = 3 + random.nextInt(6);
    StringBuilder history = new StringBuilder(name).append(": fresh");
    TwinCiphertext current = operations.fresh(random, he.maxLevel() - random.nextInt(2));
    try {
      for (int i = 0; i < length; i++) {
        TwinOperation operation = choose(random, current, scale);
        history.append(", ").append(operation);
        if (operation == TwinOperation.TRANSFORM) {
          current.requireSameShapeAndBits(history.toString());
        }
        TwinCiphertext next = operations.apply(operation, current, random);
        current.close();
        current = next;
      }
      current.requireSameShapeAndBits(history.toString());
      current.requireWithinNoise(he.decryptor, history.toString());
    } finally {
      current.close();
    }
  }

  private static TwinOperation choose(Random random, TwinCiphertext current, double scale) {
    List<TwinOperation> admitted =
        Arrays.stream(TwinOperation.values())
            .filter(operation -> operation.admits(current, scale))
            .toList();
    return admitted.get(random.nextInt(admitted.size()));
  }
}
