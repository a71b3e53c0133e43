package io.silenda.dp.blas;

/**
 * A block of floats where its {@link Blas} wants it, zero at first. Not thread-safe. Its owner
 * closes it; use after that throws {@link IllegalStateException}.
 */
public interface FloatMemory extends AutoCloseable {
  /** Number of floats. */
  int length();

  /** Copies out: {@code count} floats from {@code at} on. */
  void get(int at, float[] destination, int offset, int count);

  /** Copies in: {@code count} floats from {@code at} on. */
  void put(int at, float[] source, int offset, int count);

  @Override
  void close();
}
