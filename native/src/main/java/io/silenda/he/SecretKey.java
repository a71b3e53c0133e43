package io.silenda.he;

import io.silenda.he.internal.KeyNatives;
import io.silenda.he.internal.NativeHandle;
import java.util.function.LongFunction;

/**
 * A ternary secret key. It cannot be read; {@link #close()} wipes its native memory. Thread-safe;
 * whoever obtained it closes it.
 */
public final class SecretKey implements AutoCloseable {
  private final CkksContext context;
  private final NativeHandle handle;

  SecretKey(CkksContext context, long pointer) {
    this.context = context;
    this.handle =
        NativeHandle.own(
            "SecretKey", pointer, KeyNatives.secretKeyBytes(pointer), KeyNatives::freeSecretKey);
  }

  /** Overwrites the key with zeros and frees it; closing again does nothing. */
  @Override
  public void close() {
    handle.close();
  }

  @Override
  public String toString() {
    return "SecretKey of " + context;
  }

  /** Overwrites the key without freeing it, as closing does before it frees; lets a test look. */
  void wipe() {
    handle.use(
        pointer -> {
          KeyNatives.wipeSecretKey(pointer);
          return pointer;
        });
  }

  boolean isWiped() {
    return handle.use(KeyNatives::isSecretKeyWiped);
  }

  CkksContext context() {
    return context;
  }

  <T> T use(LongFunction<T> borrower) {
    return handle.use(borrower);
  }
}
