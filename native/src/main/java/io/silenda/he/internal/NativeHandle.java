package io.silenda.he.internal;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * Owner of one native object. The pointer is only lent out by {@link #use}, and closing waits until
 * all borrowers are done, so that no call ever sees freed memory. Thread-safe.
 */
public final class NativeHandle implements AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final AtomicLong ALLOCATED_BYTES = new AtomicLong();

  private final String name;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Release release;
  private final Cleaner.Cleanable cleanable;

  /** Set before waiting for borrowers: else new ones could keep a closer waiting for ever. */
  private volatile boolean closing;

  private NativeHandle(String name, Release release) {
    this.name = name;
    this.release = release;
    this.cleanable = CLEANER.register(this, release);
  }

  /**
   * Takes over a native object.
   *
   * @param name what the object is called in messages
   * @param bytes native memory it holds
   * @param free releases the pointer
   */
  public static NativeHandle own(String name, long pointer, long bytes, LongConsumer free) {
    ALLOCATED_BYTES.addAndGet(bytes);
    return new NativeHandle(name, new Release(pointer, bytes, free));
  }

  /** Bytes of all open handles. */
  public static long allocatedBytes() {
    return ALLOCATED_BYTES.get();
  }

  /** Bytes that this object holds, or held before it was closed. */
  public long bytes() {
    return release.bytes();
  }

  /**
   * Counts again what the object holds. To be called by a borrower whose call may have changed it,
   * before the pointer goes back: then the last count of several borrowers at once is the true one.
   *
   * @param measure native memory that the object holds when it is called
   */
  public void recount(LongSupplier measure) {
    release.recount(measure);
  }

  /**
   * Lends the pointer for the duration of the call; it must not be kept.
   *
   * @throws IllegalStateException if the object is closed
   */
  public <T> T use(LongFunction<T> borrower) {
    // Nobody waits here, so that a call on several handles cannot wait in a circle with closers.
    if (closing || !lock.readLock().tryLock()) {
      throw closed();
    }
    try {
      if (release.pointer == 0) {
        throw closed();
      }
      return borrower.apply(release.pointer);
    } finally {
      lock.readLock().unlock();
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Refuses new users, waits for the calls that use the native object, and frees it; closing again
   * does nothing.
   */
  @Override
  public void close() {
    if (lock.getReadHoldCount() > 0) {
      throw new IllegalStateException(name + " cannot be closed by the call that uses it");
    }
    closing = true;
    lock.writeLock().lock();
    try {
      cleanable.clean();
    } finally {
      lock.writeLock().unlock();
    }
  }

  private IllegalStateException closed() {
    return new IllegalStateException(name + " is closed");
  }

  /** Runs at most once, by close or by the cleaner, and must not refer to the handle. */
  private static final class Release implements Runnable {
    private final LongConsumer free;
    private long bytes;
    private volatile long pointer;

    Release(long pointer, long bytes, LongConsumer free) {
      this.pointer = pointer;
      this.bytes = bytes;
      this.free = free;
    }

    synchronized long bytes() {
      return bytes;
    }

    synchronized void recount(LongSupplier measure) {
      long measured = measure.getAsLong();
      ALLOCATED_BYTES.addAndGet(measured - bytes);
      bytes = measured;
    }

    @Override
    public void run() {
      long released = pointer;
      pointer = 0;
      free.accept(released);
      ALLOCATED_BYTES.addAndGet(-bytes());
    }
  }
}
