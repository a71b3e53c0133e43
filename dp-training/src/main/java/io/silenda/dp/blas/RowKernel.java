package io.silenda.dp.blas;

import io.silenda.dp.natives.KernelLibrary;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Native products for layers that see each record once. Operands stay on the heap, record by
 * record.
 *
 * <p>What it promises goes beyond {@link Blas}: a row of a product comes from the same row of the
 * left matrix by the same operations in the same order wherever it stands and whatever stands
 * beside it, and a sum over records is one of sums of at most {@value #BLOCK} terms.
 *
 * <p>While it multiplies, collectors that cannot pin single objects (before JDK 22: G1 as well)
 * wait for it.
 *
 * <p>Not thread-safe. Its owner closes it; use after that throws {@link IllegalStateException}.
 */
public final class RowKernel implements AutoCloseable {
  /** Most records that are summed up in floats before such sums are added. */
  public static final int BLOCK = 64;

  private static final boolean IN_USE = inUse(System.getProperty("silenda.blas", "auto"));

  private long handle;

  private RowKernel() {
    handle = create();
    if (handle == 0) {
      throw new OutOfMemoryError("no memory for a row kernel");
    }
  }

  private static boolean inUse(String blas) {
    return blas.toLowerCase(Locale.ROOT).equals("auto") && available();
  }

  private static boolean available() {
    return KernelLibrary.isLoaded() && supported();
  }

  /** Whether training multiplies by it: where it runs, unless {@code -Dsilenda.blas} says other. */
  public static boolean inUse() {
    return IN_USE;
  }

  /** A kernel, where the processor has AVX2 and fused multiplications and the library is there. */
  public static Optional<RowKernel> open() {
    return available() ? Optional.of(new RowKernel()) : Optional.empty();
  }

  /**
   * c = a b, or a times b transposed: each without gaps, row by row.
   *
   * @param rows of a and c
   * @param columns of a
   * @param b has {@code columns} rows, or columns if it is to be transposed
   * @param width columns of c
   */
  public void multiply(
      float[] a, int rows, int columns, float[] b, boolean transposed, int width, float[] c) {
    require(a, rows, columns);
    require(b, columns, width);
    require(c, rows, width);
    int high = transposed ? width : columns;
    int wide = transposed ? columns : width;
    requireMemory(multiplyRows(handle(), a, rows, columns, b, high, wide, transposed, c));
  }

  /**
   * The sum over records of factor times gradient times input, [outputs, inputs]. Records of factor
   * zero take no part, whatever they hold.
   *
   * @param factors one for each record
   * @param records how many
   */
  public void sumOuter(
      float[] gradients,
      int outputs,
      float[] factors,
      int records,
      float[] values,
      int inputs,
      float[] to) {
    require(gradients, records, outputs);
    require(factors, records, 1);
    require(values, records, inputs);
    require(to, outputs, inputs);
    requireMemory(sumProducts(handle(), gradients, outputs, factors, records, values, inputs, to));
  }

  /** The squared norm of each row, summed in doubles. */
  public void squaredNorms(float[] values, int rows, int columns, double[] to) {
    require(values, rows, columns);
    Objects.checkFromIndexSize(0, rows, to.length);
    requireMemory(sumSquares(values, rows, columns, to));
  }

  private static void require(float[] values, int rows, int columns) {
    if (rows < 1 || columns < 1 || (long) rows * columns > values.length) {
      throw new IllegalArgumentException(
          rows + " x " + columns + " does not fit into " + values.length);
    }
  }

  private static void requireMemory(boolean done) {
    if (!done) {
      throw new OutOfMemoryError("no memory for packed operands");
    }
  }

  private long handle() {
    if (handle == 0) {
      throw new IllegalStateException("the kernel is closed");
    }
    return handle;
  }

  @Override
  public void close() {
    if (handle != 0) {
      destroy(handle);
      handle = 0;
    }
  }

  private static native boolean supported();

  private static native long create();

  private static native void destroy(long handle);

  private static native boolean multiplyRows(
      long handle,
      float[] a,
      int rows,
      int columns,
      float[] b,
      int high,
      int wide,
      boolean transposed,
      float[] c);

  private static native boolean sumProducts(
      long handle,
      float[] gradients,
      int outputs,
      float[] factors,
      int records,
      float[] values,
      int inputs,
      float[] to);

  private static native boolean sumSquares(float[] values, int rows, int columns, double[] to);
}
