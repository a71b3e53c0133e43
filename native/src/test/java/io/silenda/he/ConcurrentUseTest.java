package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ConcurrentUseTest {
  private static final int THREADS = 6;

  /** Tables that SEAL builds on first use are built by several threads at once here. */
  @Test
  @Timeout(60)
  void threadsThatShareEverythingGetTheSameResults() throws Exception {
    Map<Integer, Integer> levels = new TreeMap<>();
    for (int step = 1; step <= 12; step++) {
      levels.put(step, 1);
    }
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (HeFixture he = new HeFixture(HeFixture.DEGREE_4096);
        EvaluationKeys keys = he.keys(1, levels);
        Ciphertext input =
            he.encrypt(HeFixture.randomValues(new Random(1), he.slots()), 1, 0x1p30)) {
      List<Future<List<double[]>>> futures = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        futures.add(pool.submit(() -> rotateBySteps(he, input, keys)));
      }
      List<double[]> expected = rotateBySteps(he, input, keys);
      for (Future<List<double[]>> future : futures) {
        List<double[]> actual = future.get();
        for (int step = 0; step < expected.size(); step++) {
          assertThat(actual.get(step)).as("step %d", step + 1).isEqualTo(expected.get(step));
        }
      }
    } finally {
      pool.shutdown();
    }
  }

  private static List<double[]> rotateBySteps(HeFixture he, Ciphertext input, EvaluationKeys keys) {
    List<double[]> results = new ArrayList<>();
    for (int step : keys.rotationSteps()) {
      try (Ciphertext rotated = he.evaluator.rotate(input, step, keys);
          Ciphertext square = he.evaluator.squareRelinearizeRescale(rotated, keys)) {
        results.add(he.decrypt(square));
      }
    }
    return results;
  }
}
