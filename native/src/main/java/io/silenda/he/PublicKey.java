package io.silenda.he;

import io.silenda.he.internal.KeyNatives;
import io.silenda.he.internal.NativeHandle;
import java.util.function.LongFunction;

/** A key that anybody may encrypt with. Thread-safe; whoever obtained it closes it. */
public final class PublicKey implements AutoCloseable {
  private final CkksContext context;
  private final KeyId keyId;
  private final NativeHandle handle;

  PublicKey(CkksContext context, KeyId keyId, NativeHandle handle) {
    this.context = context;
    this.keyId = keyId;
    this.handle = handle;
  }

  static NativeHandle own(long pointer) {
    return NativeHandle.own(
        "PublicKey", pointer, KeyNatives.publicKeyBytes(pointer), KeyNatives::freePublicKey);
  }

  /** Name of the secret key it belongs to. */
  public KeyId keyId() {
    return keyId;
  }

  /** The context it belongs to. */
  public CkksContext context() {
    return context;
  }

  /** Native memory it holds. */
  public long nativeBytes() {
    return handle.bytes();
  }

  @Override
  public void close() {
    handle.close();
  }

  <T> T use(LongFunction<T> borrower) {
    return handle.use(borrower);
  }
}
