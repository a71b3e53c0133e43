package io.silenda.he.internal;

import io.silenda.he.NativeException;
import org.jspecify.annotations.Nullable;

/** Loads the native library once and remembers the outcome. Thread-safe. */
public final class NativeLibrary {
  private static final NativeLibrary THIS_JVM =
      new NativeLibrary(() -> NativeLibraryLoader.forThisJvm().load());

  private final Runnable loading;
  private boolean loaded;
  private @Nullable NativeException failure;

  NativeLibrary(Runnable loading) {
    this.loading = loading;
  }

  /**
   * Loads the library of this class loader on the first call.
   *
   * @throws NativeException if it cannot be loaded: on every call, with the first failure as cause
   */
  public static void ensureLoaded() {
    THIS_JVM.load();
  }

  synchronized void load() {
    if (loaded) {
      return;
    }
    if (failure != null) {
      throw new NativeException(String.valueOf(failure.getMessage()), failure);
    }
    try {
      loading.run();
      loaded = true;
    } catch (NativeException e) {
      failure = e;
      throw e;
    }
  }
}
