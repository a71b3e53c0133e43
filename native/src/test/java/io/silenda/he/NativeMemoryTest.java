package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.he.Polynomial.Basis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NativeMemoryTest {
  private static final int THREADS = 8;

  @ParameterizedTest
  @MethodSource("io.silenda.he.HeFixture#implementations")
  void everythingClosedGivesBackEveryByte(String implementation) {
    long before = NativeMemory.allocatedBytes();
    try (HeFixture he = new HeFixture(HeFixture.DEGREE_8192, implementation);
        PublicKey publicKey = he.keyGenerator.publicKey(he.secretKey);
        EvaluationKeys keys = he.keys(4, Map.of(1, 4));
        Ciphertext a = he.encrypt(new double[] {1}, 4, 0x1p32);
        Ciphertext rotated = he.evaluator.rotate(a, 1, keys);
        LinearTransform transform =
            LinearTransform.builder(he.context, 4, 0x1p32, 0x1p24)
                .diagonal(0, 1, new double[] {1})
                .build();
        Ciphertext applied = he.evaluator.apply(transform, a, keys)) {
      long held =
          8L * 6 * he.context.parameters().polyModulusDegree()
              + publicKey.nativeBytes()
              + keys.nativeBytes()
              + a.nativeBytes()
              + rotated.nativeBytes()
              + transform.nativeBytes()
              + applied.nativeBytes();
      assertThat(NativeMemory.allocatedBytes() - before).isEqualTo(held);
    }
    assertThat(NativeMemory.allocatedBytes()).isEqualTo(before);
  }

  @Test
  void ourKernelsTakeNoMemoryForKeysBesideTheKeys() {
    try (HeFixture he = new HeFixture(HeFixture.DEGREE_8192);
        EvaluationKeys keys = he.keys(4, Map.of(1, 4));
        Ciphertext a = he.encrypt(new double[] {1}, 4, 0x1p32)) {
      long before = NativeMemory.allocatedBytes();
      he.evaluator.rotate(a, 1, keys).close();
      he.evaluator.squareRelinearizeRescale(a, keys).close();
      assertThat(NativeMemory.allocatedBytes()).isEqualTo(before);
    }
  }

  /** Each key is used by several threads at once for the first time. */
  @Test
  @Timeout(60)
  void keysThatThreadsMakeForSealAreCountedOnce() throws Exception {
    Map<Integer, Integer> levels = new TreeMap<>();
    for (int step = 1; step <= 12; step++) {
      levels.put(step, 1);
    }
    long before = NativeMemory.allocatedBytes();
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (HeFixture he = new HeFixture(HeFixture.DEGREE_4096, "seal");
        EvaluationKeys keys = he.keys(1, levels);
        Ciphertext a = he.encrypt(new double[] {1}, 1, 0x1p30)) {
      long packed = keys.nativeBytes();
      long allocated = NativeMemory.allocatedBytes();
      List<Future<?>> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        threads.add(
            pool.submit(
                () -> keys.rotationSteps().forEach(k -> he.evaluator.rotate(a, k, keys).close())));
      }
      for (Future<?> thread : threads) {
        thread.get();
      }
      // Twelve keys of two digits, each two polynomials modulo three primes.
      long forSeal = 12L * 2 * 2 * 3 * 4096 * 8;
      assertThat(keys.nativeBytes()).isEqualTo(packed + forSeal);
      assertThat(NativeMemory.allocatedBytes()).isEqualTo(allocated + forSeal);
    } finally {
      pool.shutdown();
    }
    assertThat(NativeMemory.allocatedBytes()).isEqualTo(before);
  }

  @Test
  void failedOperationsLeaveNothingBehind() {
    try (HeFixture he = new HeFixture(HeFixture.DEGREE_8192);
        EvaluationKeys keys = he.keys(4, Map.of());
        Ciphertext a = he.encrypt(new double[] {1}, 0, 0x1p32)) {
      long before = NativeMemory.allocatedBytes();
      assertThatThrownBy(() -> he.evaluator.rescale(a))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(
              () ->
                  he.evaluator.evaluate(
                      new Polynomial(Basis.MONOMIAL, new double[] {0, 0, 1}), a, keys, 0x1p30))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(NativeMemory.allocatedBytes()).isEqualTo(before);
    }
  }
}
