package io.silenda.dp.blas;

import java.util.Objects;

/** Floats on the heap. */
final class HeapMemory implements FloatMemory {
  private final float[] values;
  private boolean closed;

  HeapMemory(int length) {
    values = new float[length];
  }

  static float[] of(Matrix matrix) {
    if (matrix.memory() instanceof HeapMemory memory) {
      memory.requireOpen();
      return memory.values;
    }
    throw new IllegalArgumentException("memory of another implementation");
  }

  @Override
  public int length() {
    return values.length;
  }

  @Override
  public void get(int at, float[] destination, int offset, int count) {
    requireOpen();
    Objects.checkFromIndexSize(at, count, values.length);
    System.arraycopy(values, at, destination, offset, count);
  }

  @Override
  public void put(int at, float[] source, int offset, int count) {
    requireOpen();
    Objects.checkFromIndexSize(at, count, values.length);
    System.arraycopy(source, offset, values, at, count);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the memory is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
