package io.silenda.dp.blas;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** Floats outside of the heap, allocated once and freed by close. */
final class NativeMemory implements FloatMemory {
  private final FloatPointer pointer;
  private final FloatBuffer buffer;
  // Views with a place of their own, as one memory can hold several operands of a product.
  private final FloatPointer left;
  private final FloatPointer right;
  private final FloatPointer result;
  private final int length;
  private boolean closed;

  NativeMemory(int length) {
    pointer = new FloatPointer((long) length);
    Pointer.memset(pointer, 0, 4L * length);
    buffer = pointer.asBuffer();
    left = pointer.getPointer();
    right = pointer.getPointer();
    result = pointer.getPointer();
    this.length = length;
  }

  static NativeMemory of(Matrix matrix) {
    if (matrix.memory() instanceof NativeMemory memory) {
      memory.requireOpen();
      return memory;
    }
    throw new IllegalArgumentException("memory of another implementation");
  }

  FloatPointer left(int offset) {
    return left.position(offset);
  }

  FloatPointer right(int offset) {
    return right.position(offset);
  }

  FloatPointer result(int offset) {
    return result.position(offset);
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public void get(int at, float[] destination, int offset, int count) {
    requireOpen();
    buffer.get(at, destination, offset, count);
  }

  @Override
  public void put(int at, float[] source, int offset, int count) {
    requireOpen();
    buffer.put(at, source, offset, count);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the memory is closed");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      pointer.deallocate();
    }
  }
}
