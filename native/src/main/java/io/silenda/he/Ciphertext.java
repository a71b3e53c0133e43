package io.silenda.he;

import io.silenda.he.internal.CiphertextNatives;
import io.silenda.he.internal.NativeHandle;
import java.util.function.LongFunction;

/**
 * Encrypted values at a level and scale. Immutable and thread-safe; whoever obtained it closes it.
 */
public final class Ciphertext implements AutoCloseable {
  private final CkksContext context;
  private final NativeHandle handle;
  private final int level;
  private final double scale;
  private final int size;
  private final boolean seeded;

  Ciphertext(CkksContext context, NativeHandle handle) {
    this.context = context;
    this.handle = handle;
    this.level = handle.use(CiphertextNatives::level);
    this.scale = handle.use(CiphertextNatives::scale);
    this.size = handle.use(CiphertextNatives::size);
    this.seeded = handle.use(CiphertextNatives::isSeeded);
  }

  /** Number of data primes that are left, less one. */
  public int level() {
    return level;
  }

  /** Factor that the encrypted values are multiplied with. */
  public double scale() {
    return scale;
  }

  /** Number of polynomials: 2, or 3 for a product that is not relinearized. */
  public int size() {
    return size;
  }

  /** The context it belongs to. */
  public CkksContext context() {
    return context;
  }

  /** Native memory it holds. */
  public long nativeBytes() {
    return handle.bytes();
  }

  /**
   * Bytes it takes to send: bit-packed polynomials; in a fresh symmetric encryption the second one
   * is the seed that it expands from.
   */
  public long transferBytes() {
    long polynomial = PackedPolynomials.bytesAtLevel(context, level);
    return seeded ? polynomial + PackedPolynomials.SEED_BYTES : size * polynomial;
  }

  /** Whether it is a fresh symmetric encryption, which is sent with a seed. */
  public boolean isSeeded() {
    return seeded;
  }

  @Override
  public void close() {
    handle.close();
  }

  @Override
  public String toString() {
    return "Ciphertext(level="
        + level
        + ", log2Scale="
        + Math.log(scale) / Math.log(2)
        + ", size="
        + size
        + ")";
  }

  <T> T use(LongFunction<T> borrower) {
    return handle.use(borrower);
  }
}
