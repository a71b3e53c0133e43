package io.silenda.he.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.he.NativeException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NativeLibraryTest {
  private final AtomicInteger attempts = new AtomicInteger();

  @Test
  void loadsOnce() {
    NativeLibrary library = new NativeLibrary(attempts::incrementAndGet);
    library.load();
    library.load();
    assertThat(attempts).hasValue(1);
  }

  @Test
  void failsTheSameWayEveryTimeWithoutTryingAgain() {
    NativeException failure = new NativeException("no library");
    NativeLibrary library =
        new NativeLibrary(
            () -> {
              attempts.incrementAndGet();
              throw failure;
            });
    assertThatThrownBy(library::load).isSameAs(failure);
    assertThatThrownBy(library::load)
        .isInstanceOf(NativeException.class)
        .hasMessage("no library")
        .hasCause(failure);
    assertThat(attempts).hasValue(1);
  }
}
