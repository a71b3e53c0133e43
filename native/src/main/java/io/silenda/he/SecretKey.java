package io.silenda.he;

import io.silenda.he.internal.KeyNatives;
import io.silenda.he.internal.NativeHandle;
import java.util.function.LongFunction;

/**
 * A ternary secret key. {@link #close()} wipes its native memory. Thread-safe; whoever obtained it
 * closes it.
 */
public final class SecretKey implements AutoCloseable {
  private final CkksContext context;
  private final KeyId keyId;
  private final NativeHandle handle;

  SecretKey(CkksContext context, KeyId keyId, long pointer) {
    this.context = context;
    this.keyId = keyId;
    this.handle =
        NativeHandle.own(
            "SecretKey", pointer, KeyNatives.secretKeyBytes(pointer), KeyNatives::freeSecretKey);
  }

  /** The key's random name, which is not secret. */
  public KeyId keyId() {
    return keyId;
  }

  /** The context it belongs to. */
  public CkksContext context() {
    return context;
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

  <T> T use(LongFunction<T> borrower) {
    return handle.use(borrower);
  }
}
