package io.silenda.dp.mechanism;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.Objects;

/** The key stream by {@link NoiseKernel}, which makes noise of it without a way through Java. */
final class NativeKeyStream implements KeyStream {
  private static final Cleaner CLEANER = Cleaner.create();

  private final long handle;
  private final Cleaner.Cleanable release;

  NativeKeyStream(byte[] key) {
    long created = NoiseKernel.create(key);
    if (created == 0) {
      throw new OutOfMemoryError("no memory for the noise kernel's keys");
    }
    handle = created;
    // Only a safety net: sources are closed by whoever made them.
    release = CLEANER.register(this, () -> NoiseKernel.destroy(created));
  }

  @Override
  public void read(long first, long[] out) {
    try {
      if (!NoiseKernel.words(handle, first, out, out.length)) {
        throw new OutOfMemoryError("no memory for " + out.length + " random words");
      }
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Rounded normal noise of the words from {@code first} on.
   *
   * @param out takes {@code count} samples from {@code from} on
   * @param open takes the places, counted from {@code from}, of samples that doubles do not decide;
   *     {@code count} of them fit
   * @return how many these are
   */
  int normals(long first, double scale, double margin, int[] out, int from, int count, int[] open) {
    Objects.checkFromIndexSize(from, count, out.length);
    Objects.checkFromIndexSize(0, count, open.length);
    try {
      int found =
          NoiseKernel.normals(
              handle, NoiseKernel.table(), first, scale, margin, out, from, count, open);
      if (found < 0) {
        throw new OutOfMemoryError("no memory for " + count + " samples");
      }
      return found;
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public void close() {
    release.clean();
  }
}
