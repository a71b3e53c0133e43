package io.silenda.he;

import io.silenda.he.internal.NativeHandle;
import io.silenda.he.internal.NativeLibrary;
import io.silenda.he.internal.PoolNatives;
import java.util.function.LongFunction;

/**
 * Native threads that an {@link AcceleratedEvaluator} computes with. Calls from several threads
 * share them: at most as many threads compute at any time as the pool has, the callers included,
 * and a call that comes when all are busy waits. A single call is spread over primes, giant steps
 * and independent products. Results never depend on the number of threads.
 *
 * <p>Thread-safe; not bound to a context. Whoever made it closes it: that waits for calls that are
 * being computed, and refuses later ones.
 */
public final class ComputePool implements AutoCloseable {
  /** More threads than any machine has use for. */
  public static final int MAX_THREADS = 1024;

  private final int threads;
  private final NativeHandle handle;

  private ComputePool(int threads, NativeHandle handle) {
    this.threads = threads;
    this.handle = handle;
  }

  /**
   * Starts the threads, one less than asked for: the caller of an operation computes, too.
   *
   * @param threads in 1..{@value #MAX_THREADS}
   * @throws IllegalArgumentException if there are more or fewer
   * @throws NativeException if the native library cannot be loaded
   */
  public static ComputePool ofThreads(int threads) {
    if (threads < 1 || threads > MAX_THREADS) {
      throw new IllegalArgumentException("threads " + threads + " is not in 1.." + MAX_THREADS);
    }
    NativeLibrary.ensureLoaded();
    long pointer = PoolNatives.create(threads);
    return new ComputePool(threads, NativeHandle.own("ComputePool", pointer, 0, PoolNatives::free));
  }

  /** Threads that compute at once, callers included. */
  public int threads() {
    return threads;
  }

  @Override
  public void close() {
    handle.close();
  }

  @Override
  public String toString() {
    return "ComputePool(" + threads + ")";
  }

  <T> T use(LongFunction<T> borrower) {
    return handle.use(borrower);
  }
}
