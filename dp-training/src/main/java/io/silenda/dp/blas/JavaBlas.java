package io.silenda.dp.blas;

import java.util.Arrays;

/**
 * Products in plain Java: the right matrix is brought into rows, and four of them at a time are
 * added to a row of the result, in a loop that the compiler makes vector instructions of.
 */
final class JavaBlas implements Blas {
  private float[] packed = new float[0];

  @Override
  public String name() {
    return "java";
  }

  @Override
  public FloatMemory allocate(int length) {
    return new HeapMemory(length);
  }

  @Override
  public void multiply(
      Matrix a, boolean transposeA, Matrix b, boolean transposeB, Matrix c, boolean accumulate) {
    Shape shape = Shape.of(a, transposeA, b, transposeB, c);
    float[] rows = packed(b, transposeB);
    float[] left = HeapMemory.of(a);
    int step = transposeA ? a.stride() : 1;
    float[] row = new float[shape.n()];
    for (int i = 0; i < shape.m(); i++) {
      int from = a.offset() + (transposeA ? i : i * a.stride());
      row(left, from, step, rows, shape, row);
      store(row, HeapMemory.of(c), c.offset() + i * c.stride(), accumulate);
    }
  }

  private static void row(
      float[] left, int from, int step, float[] rows, Shape shape, float[] sum) {
    Arrays.fill(sum, 0);
    int k = 0;
    for (; k + 4 <= shape.k(); k += 4) {
      int at = from + k * step;
      addFour(
          left[at],
          left[at + step],
          left[at + 2 * step],
          left[at + 3 * step],
          rows,
          k * shape.n(),
          sum);
    }
    for (; k < shape.k(); k++) {
      float factor = left[from + k * step];
      int at = k * shape.n();
      for (int j = 0; j < sum.length; j++) {
        sum[j] += factor * rows[at + j];
      }
    }
  }

  private static void addFour(
      float f0, float f1, float f2, float f3, float[] rows, int at, float[] sum) {
    int n = sum.length;
    int at1 = at + n;
    int at2 = at1 + n;
    int at3 = at2 + n;
    for (int j = 0; j < n; j++) {
      sum[j] += f0 * rows[at + j] + f1 * rows[at1 + j] + f2 * rows[at2 + j] + f3 * rows[at3 + j];
    }
  }

  private static void store(float[] row, float[] to, int at, boolean accumulate) {
    if (!accumulate) {
      System.arraycopy(row, 0, to, at, row.length);
      return;
    }
    for (int j = 0; j < row.length; j++) {
      to[at + j] += row[j];
    }
  }

  /** op(b), row by row. */
  private float[] packed(Matrix b, boolean transposed) {
    float[] values = HeapMemory.of(b);
    int length = b.rows() * b.columns();
    if (packed.length < length) {
      packed = new float[length];
    }
    if (!transposed) {
      for (int i = 0; i < b.rows(); i++) {
        System.arraycopy(values, b.offset() + i * b.stride(), packed, i * b.columns(), b.columns());
      }
      return packed;
    }
    for (int i = 0; i < b.rows(); i++) {
      for (int j = 0; j < b.columns(); j++) {
        packed[j * b.rows() + i] = values[b.offset() + i * b.stride() + j];
      }
    }
    return packed;
  }

  @Override
  public float squaredNorm(FloatMemory memory, int offset, int count) {
    float[] values = HeapMemory.of(new Matrix(memory, offset, 1, count));
    float sum = 0;
    for (int i = offset; i < offset + count; i++) {
      sum += values[i] * values[i];
    }
    return sum;
  }
}
