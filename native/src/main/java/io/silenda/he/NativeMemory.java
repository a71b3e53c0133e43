package io.silenda.he;

import io.silenda.he.internal.NativeHandle;

/** Accounting of the native memory that the garbage collector cannot see. */
public final class NativeMemory {
  private NativeMemory() {}

  /**
   * Bytes held by open plaintexts, ciphertexts, keys and linear transforms of all contexts; zero
   * once all are closed. The tables of a context and temporary buffers are not counted.
   * Thread-safe.
   */
  public static long allocatedBytes() {
    return NativeHandle.allocatedBytes();
  }
}
