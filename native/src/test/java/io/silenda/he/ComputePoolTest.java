package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComputePoolTest {
  private static final double SCALE = 0x1p30;

  /** Two layers, which use every kind of loop. */
  private static double[] compute(
      HeFixture he, Evaluator evaluator, EvaluationKeys keys, Ciphertext x) {
    try (LinearTransform transform = transform(he);
        Ciphertext linear = evaluator.apply(transform, x, keys);
        Ciphertext rotated = evaluator.rotate(x, 4, keys);
        Ciphertext square = evaluator.squareRelinearizeRescale(rotated, keys)) {
      double[] values = he.decrypt(linear);
      double[] squares = he.decrypt(square);
      double[] both = new double[2 * values.length];
      System.arraycopy(values, 0, both, 0, values.length);
      System.arraycopy(squares, 0, both, values.length, squares.length);
      return both;
    }
  }

  private static LinearTransform transform(HeFixture he) {
    Random random = new Random(3);
    LinearTransform.Builder builder =
        LinearTransform.builder(he.context, 1, SCALE, 0x1p20).rescale(true).fold(2);
    for (int step = 0; step < 12; step++) {
      builder.diagonal(step / 4 * 4, step % 4, HeFixture.randomValues(random, he.slots()));
    }
    return builder.build();
  }

  private static EvaluationKeys keys(HeFixture he) {
    return he.keys(1, Map.of(1, 1, 2, 1, 3, 1, 4, 1, 8, 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void resultsDoNotDependOnTheNumberOfThreads(int threads) {
    try (HeFixture he = new HeFixture(HeFixture.DEGREE_4096);
        EvaluationKeys keys = keys(he);
        Ciphertext x = he.encrypt(HeFixture.randomValues(new Random(1), he.slots()), 1, SCALE);
        ComputePool pool = ComputePool.ofThreads(threads)) {
      assertThat(compute(he, new AcceleratedEvaluator(he.context, pool), keys, x))
          .isEqualTo(compute(he, new AcceleratedEvaluator(he.context), keys, x));
      assertThat(pool.threads()).isEqualTo(threads);
    }
  }

  @Test
  void moreCallersThanThreadsShareIt() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(6);
    try (HeFixture he = new HeFixture(HeFixture.DEGREE_4096);
        EvaluationKeys keys = keys(he);
        Ciphertext x = he.encrypt(HeFixture.randomValues(new Random(2), he.slots()), 1, SCALE);
        ComputePool pool = ComputePool.ofThreads(2)) {
      Evaluator evaluator = new AcceleratedEvaluator(he.context, pool);
      double[] expected = compute(he, new AcceleratedEvaluator(he.context), keys, x);
      List<Future<double[]>> results = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        results.add(callers.submit(() -> compute(he, evaluator, keys, x)));
      }
      for (Future<double[]> result : results) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      callers.shutdown();
    }
  }

  @Test
  void refusalsComeThrough() {
    try (HeFixture he = new HeFixture(HeFixture.DEGREE_4096);
        Ciphertext x = he.encrypt(new double[] {1}, 0, SCALE);
        ComputePool pool = ComputePool.ofThreads(2)) {
      Evaluator evaluator = new AcceleratedEvaluator(he.context, pool);
      assertThatThrownBy(() -> evaluator.rescale(x))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("level 0");
    }
  }

  @Test
  void closingWaitsForCallsAndRefusesLaterOnes() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(4);
    try (HeFixture he = new HeFixture(HeFixture.DEGREE_4096);
        EvaluationKeys keys = keys(he);
        Ciphertext x = he.encrypt(new double[] {1}, 1, SCALE)) {
      ComputePool pool = ComputePool.ofThreads(3);
      Evaluator evaluator = new AcceleratedEvaluator(he.context, pool);
      CountDownLatch computed = new CountDownLatch(8);
      List<Future<?>> futures = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        futures.add(callers.submit(() -> squareUntilClosed(evaluator, keys, x, computed)));
      }
      computed.await();
      pool.close();
      pool.close();
      for (Future<?> future : futures) {
        future.get();
      }
      assertThatThrownBy(() -> evaluator.square(x))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("ComputePool is closed");
    } finally {
      callers.shutdown();
    }
  }

  private static void squareUntilClosed(
      Evaluator evaluator, EvaluationKeys keys, Ciphertext x, CountDownLatch computed) {
    try {
      while (true) {
        evaluator.squareRelinearizeRescale(x, keys).close();
        computed.countDown();
      }
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("ComputePool is closed");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1025})
  void refusesOtherNumbersOfThreads(int threads) {
    assertThatThrownBy(() -> ComputePool.ofThreads(threads))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads " + threads + " is not in 1..1024");
  }
}
