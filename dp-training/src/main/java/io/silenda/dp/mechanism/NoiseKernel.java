package io.silenda.dp.mechanism;

import io.silenda.dp.natives.KernelLibrary;

/**
 * The native noise kernel ({@code src/main/cpp}): AES and the table's arithmetic on vectors. Where
 * it is missing, or the processor lacks AES or AVX2, or {@code -Dsilenda.noise=java} says so, Java
 * code makes the same noise, slower.
 */
public final class NoiseKernel {
  private static final boolean IN_USE = load();

  private NoiseKernel() {}

  /** Whether noise is made natively. */
  public static boolean inUse() {
    return IN_USE;
  }

  private static boolean load() {
    String wanted = System.getProperty("silenda.noise", "auto");
    if (!wanted.equals("auto") && !wanted.equals("java")) {
      throw new IllegalArgumentException("silenda.noise is " + wanted + ", not auto or java");
    }
    return !wanted.equals("java") && KernelLibrary.isLoaded() && supported();
  }

  /** The table in native memory, made once. */
  static long table() {
    return Table.HANDLE;
  }

  private static final class Table {
    static final long HANDLE = make();

    private static long make() {
      long handle = NoiseKernel.table(QuantileTable.rows());
      if (handle == 0) {
        throw new OutOfMemoryError("no memory for the quantile table");
      }
      return handle;
    }
  }

  private static native boolean supported();

  static native long create(byte[] key);

  static native void destroy(long handle);

  private static native long table(double[] rows);

  static native boolean words(long handle, long first, long[] out, int count);

  static native int normals(
      long handle,
      long table,
      long first,
      double scale,
      double margin,
      int[] out,
      int from,
      int count,
      int[] open);
}
