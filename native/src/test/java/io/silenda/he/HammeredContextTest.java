package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Eight threads compute with one context while keys, transform and ciphertexts are closed. */
class HammeredContextTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 24;

  private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);
  private long bytesBefore;

  /** Other tests may have left handles to the cleaner: what it frees later must not count here. */
  @BeforeEach
  void waitForTheCleaner() throws InterruptedException {
    long bytes = NativeMemory.allocatedBytes();
    for (int i = 0; i < 100 && bytes > 0; i++) {
      System.gc();
      Thread.sleep(20);
      bytes = NativeMemory.allocatedBytes();
    }
    bytesBefore = bytes;
  }

  @AfterEach
  void stop() throws InterruptedException {
    pool.shutdown();
    assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  @Timeout(120)
  void closedHandlesAreRefusedAndEveryByteComesBack() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(round);
      boolean closeContext = round % 4 == 3;
      String evaluator = round % 3 == 2 ? "seal" : NativeInfo.current().evaluatorKernel();
      try (HammeredObjects objects = new HammeredObjects(random, evaluator)) {
        hammer(objects, random, closeContext);
      }
      assertThat(NativeMemory.allocatedBytes()).as("seed %d", round).isEqualTo(bytesBefore);
    }
    assertThat(bytesBefore).as("bytes that earlier tests left behind").isZero();
  }

  private void hammer(HammeredObjects objects, Random random, boolean closeContext)
      throws Exception {
    CountDownLatch warm = new CountDownLatch(THREADS);
    List<Future<Integer>> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      long seed = random.nextLong();
      threads.add(pool.submit(() -> useUntilAllIsClosed(objects, new Random(seed), warm)));
    }
    assertThat(warm.await(60, TimeUnit.SECONDS)).isTrue();
    List<AutoCloseable> victims = objects.victims(closeContext);
    Collections.shuffle(victims, random);
    for (AutoCloseable victim : victims) {
      victim.close();
    }
    for (Future<Integer> thread : threads) {
      assertThat(thread.get(60, TimeUnit.SECONDS)).as("operations that worked").isPositive();
    }
  }

  /** Ends when every operation is refused; anything but IllegalStateException fails the test. */
  private static int useUntilAllIsClosed(
      HammeredObjects objects, Random random, CountDownLatch warm) {
    int worked = 0;
    int refusedInTurn = 0;
    while (refusedInTurn < 4 * HammeredObjects.OPERATIONS) {
      try {
        objects.operation(random.nextInt(HammeredObjects.OPERATIONS));
        refusedInTurn = 0;
        if (++worked == 3) {
          warm.countDown();
        }
      } catch (IllegalStateException closed) {
        assertThat(closed).hasMessageEndingWith(" is closed");
        refusedInTurn++;
      }
    }
    return worked;
  }
}
