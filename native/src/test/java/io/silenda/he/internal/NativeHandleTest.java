package io.silenda.he.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class NativeHandleTest {
  private final AtomicInteger frees = new AtomicInteger();

  private NativeHandle handle(long bytes) {
    return NativeHandle.own("Thing", 42, bytes, pointer -> frees.incrementAndGet());
  }

  @Test
  void lendsThePointer() {
    try (NativeHandle handle = handle(0)) {
      assertThat(handle.<Long>use(pointer -> pointer + 1)).isEqualTo(43);
    }
  }

  @Test
  void freesOnce() {
    NativeHandle handle = handle(0);
    handle.close();
    handle.close();
    assertThat(frees).hasValue(1);
  }

  @Test
  void refusesUseAfterClose() {
    NativeHandle handle = handle(0);
    handle.close();
    assertThatThrownBy(() -> handle.use(pointer -> pointer))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Thing is closed");
  }

  @Test
  void countsBytes() {
    long before = NativeHandle.allocatedBytes();
    NativeHandle handle = handle(1000);
    assertThat(NativeHandle.allocatedBytes()).isEqualTo(before + 1000);
    handle.close();
    handle.close();
    assertThat(NativeHandle.allocatedBytes()).isEqualTo(before);
    assertThat(handle.bytes()).isEqualTo(1000);
  }

  /** The object grows by one byte in each call; whoever counts last counts all of it. */
  @Test
  @Timeout(30)
  void countsAgainWhatBorrowersMade() throws InterruptedException {
    long before = NativeHandle.allocatedBytes();
    AtomicInteger held = new AtomicInteger();
    NativeHandle handle = handle(0);
    Thread[] threads = new Thread[8];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new Thread(() -> growBy(handle, held, 1000));
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(handle.bytes()).isEqualTo(8000);
    assertThat(NativeHandle.allocatedBytes()).isEqualTo(before + 8000);
    handle.close();
    assertThat(NativeHandle.allocatedBytes()).isEqualTo(before);
  }

  private static void growBy(NativeHandle handle, AtomicInteger held, int bytes) {
    for (int i = 0; i < bytes; i++) {
      handle.use(
          pointer -> {
            held.incrementAndGet();
            handle.recount(held::get);
            return pointer;
          });
    }
  }

  @Test
  void aBorrowerCannotCloseWhatItBorrows() {
    NativeHandle handle = handle(0);
    assertThatThrownBy(
            () ->
                handle.use(
                    pointer -> {
                      handle.close();
                      return pointer;
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot be closed by the call that uses it");
    assertThat(frees).hasValue(0);
    handle.close();
  }

  @Test
  void aFailingBorrowerGivesThePointerBack() {
    NativeHandle handle = handle(0);
    assertThatThrownBy(
            () ->
                handle.use(
                    pointer -> {
                      throw new UnsupportedOperationException();
                    }))
        .isInstanceOf(UnsupportedOperationException.class);
    handle.close();
    assertThat(frees).hasValue(1);
  }

  @Test
  @Timeout(30)
  void closeWaitsForBorrowers() throws Exception {
    NativeHandle handle = handle(0);
    CountDownLatch borrowed = new CountDownLatch(1);
    CountDownLatch giveBack = new CountDownLatch(1);
    AtomicBoolean freedWhileBorrowed = new AtomicBoolean();
    Thread borrower =
        new Thread(
            () ->
                handle.use(
                    pointer -> {
                      borrowed.countDown();
                      awaitQuietly(giveBack);
                      freedWhileBorrowed.set(frees.get() > 0);
                      return pointer;
                    }));
    borrower.start();
    borrowed.await();
    Thread closer = new Thread(handle::close);
    closer.start();
    while (closer.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    // New users, who could keep the closer waiting for ever, are refused; none waits for another.
    assertThatThrownBy(() -> handle.use(pointer -> pointer))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Thing is closed");
    assertThat(frees).hasValue(0);
    giveBack.countDown();
    borrower.join();
    closer.join();
    assertThat(freedWhileBorrowed).isFalse();
    assertThat(frees).hasValue(1);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @Timeout(30)
  void theCleanerFreesWhatWasForgotten() throws Exception {
    forget();
    while (frees.get() == 0) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(frees).hasValue(1);
  }

  private void forget() {
    AtomicInteger counter = frees;
    assertThat(NativeHandle.own("Thing", 42, 0, pointer -> counter.incrementAndGet())).isNotNull();
  }
}
