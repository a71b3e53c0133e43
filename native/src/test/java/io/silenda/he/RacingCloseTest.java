package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RacingCloseTest {
  private static final int WORKERS = 4;

  @Test
  @Timeout(60)
  void usersOfAClosingObjectSucceedOrAreRefused() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(WORKERS + 2);
    try (HeFixture he = new HeFixture(HeFixture.DEGREE_4096);
        EvaluationKeys keys = he.keys(1, Map.of(1, 1))) {
      for (int round = 0; round < 15; round++) {
        race(pool, he, keys, round);
      }
    } finally {
      pool.shutdown();
      assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void race(ExecutorService pool, HeFixture he, EvaluationKeys keys, int round)
      throws Exception {
    Ciphertext a = he.encrypt(new double[] {round}, 1, 0x1p28);
    Ciphertext b = he.encrypt(new double[] {1}, 1, 0x1p28);
    CountDownLatch started = new CountDownLatch(WORKERS);
    AtomicInteger successes = new AtomicInteger();
    List<Future<?>> futures = new ArrayList<>();
    for (int worker = 0; worker < WORKERS; worker++) {
      boolean swapped = worker % 2 == 0;
      futures.add(
          pool.submit(
              () ->
                  useUntilClosed(he, keys, swapped ? b : a, swapped ? a : b, started, successes)));
    }
    started.await();
    futures.add(pool.submit(a::close));
    futures.add(pool.submit(b::close));
    for (Future<?> future : futures) {
      future.get(30, TimeUnit.SECONDS);
    }
    assertThat(successes.get()).isGreaterThanOrEqualTo(WORKERS);
  }

  private static void useUntilClosed(
      HeFixture he,
      EvaluationKeys keys,
      Ciphertext first,
      Ciphertext second,
      CountDownLatch started,
      AtomicInteger successes) {
    try {
      while (true) {
        he.evaluator.add(first, second).close();
        he.evaluator.rotate(first, 1, keys).close();
        successes.incrementAndGet();
        started.countDown();
      }
    } catch (IllegalStateException closed) {
      assertThat(closed).hasMessage("Ciphertext is closed");
    }
  }
}
