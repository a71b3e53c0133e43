package io.silenda.he;

import io.silenda.he.internal.KeyNatives;
import io.silenda.he.internal.NativeHandle;
import java.util.function.LongFunction;

/** A key that anybody may encrypt with. Thread-safe; whoever obtained it closes it. */
public final class PublicKey implements AutoCloseable {
  private final CkksContext context;
  private final NativeHandle handle;

  PublicKey(CkksContext context, long pointer) {
    this.context = context;
    this.handle =
        NativeHandle.own(
            "PublicKey", pointer, KeyNatives.publicKeyBytes(pointer), KeyNatives::freePublicKey);
  }

  /** Native memory it holds. */
  public long nativeBytes() {
    return handle.bytes();
  }

  @Override
  public void close() {
    handle.close();
  }

  CkksContext context() {
    return context;
  }

  <T> T use(LongFunction<T> borrower) {
    return handle.use(borrower);
  }
}
