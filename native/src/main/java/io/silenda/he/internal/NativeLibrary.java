package io.silenda.he.internal;

import io.silenda.he.NativeException;
import org.jspecify.annotations.Nullable;

/** Loads the native library once for this class loader. Thread-safe. */
public final class NativeLibrary {
  private static boolean loaded;
  private static @Nullable NativeException failure;

  private NativeLibrary() {}

  /**
   * Loads the library on the first call.
   *
   * @throws NativeException if it cannot be loaded: on every call, with the first failure as cause
   */
  public static synchronized void ensureLoaded() {
    if (loaded) {
      return;
    }
    if (failure != null) {
      throw new NativeException(String.valueOf(failure.getMessage()), failure);
    }
    try {
      NativeLibraryLoader.forThisJvm().load();
      loaded = true;
    } catch (NativeException e) {
      failure = e;
      throw e;
    }
  }
}
