package io.silenda.he;

import io.silenda.he.internal.NativeHandle;
import java.util.function.LongFunction;

/**
 * Encoded values at a level and scale. Immutable and thread-safe; whoever obtained it closes it.
 */
public final class Plaintext implements AutoCloseable {
  private final CkksContext context;
  private final NativeHandle handle;
  private final int level;
  private final double scale;

  Plaintext(CkksContext context, NativeHandle handle, int level, double scale) {
    this.context = context;
    this.handle = handle;
    this.level = level;
    this.scale = scale;
  }

  /** Number of data primes it is encoded for, less one. */
  public int level() {
    return level;
  }

  /** Factor that the values were multiplied with. */
  public double scale() {
    return scale;
  }

  /** Native memory it holds. */
  public long nativeBytes() {
    return handle.bytes();
  }

  @Override
  public void close() {
    handle.close();
  }

  @Override
  public String toString() {
    return "Plaintext(level=" + level + ", log2Scale=" + Math.log(scale) / Math.log(2) + ")";
  }

  CkksContext context() {
    return context;
  }

  <T> T use(LongFunction<T> borrower) {
    return handle.use(borrower);
  }
}
