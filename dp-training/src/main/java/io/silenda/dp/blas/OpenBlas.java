package io.silenda.dp.blas;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas.cblas_sdot;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

/** OpenBLAS by bytedeco's binding. */
final class OpenBlas implements Blas {
  OpenBlas() {
    try {
      blas_set_num_threads(1);
    } catch (LinkageError | RuntimeException e) {
      throw new IllegalStateException("the library of OpenBLAS does not load: " + e, e);
    }
  }

  @Override
  public String name() {
    return "openblas";
  }

  @Override
  public FloatMemory allocate(int length) {
    return new NativeMemory(length);
  }

  @Override
  public void multiply(
      Matrix a, boolean transposeA, Matrix b, boolean transposeB, Matrix c, boolean accumulate) {
    Shape shape = Shape.of(a, transposeA, b, transposeB, c);
    cblas_sgemm(
        CblasRowMajor,
        transposeA ? CblasTrans : CblasNoTrans,
        transposeB ? CblasTrans : CblasNoTrans,
        shape.m(),
        shape.n(),
        shape.k(),
        1f,
        NativeMemory.of(a).left(a.offset()),
        a.stride(),
        NativeMemory.of(b).right(b.offset()),
        b.stride(),
        accumulate ? 1f : 0f,
        NativeMemory.of(c).result(c.offset()),
        c.stride());
  }

  @Override
  public float squaredNorm(FloatMemory memory, int offset, int count) {
    Matrix row = new Matrix(memory, offset, 1, count);
    return cblas_sdot(
        count, NativeMemory.of(row).left(offset), 1, NativeMemory.of(row).right(offset), 1);
  }
}
