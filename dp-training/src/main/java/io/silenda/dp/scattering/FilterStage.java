package io.silenda.dp.scattering;

import io.silenda.dp.blas.Blas;
import io.silenda.dp.blas.FloatMemory;
import io.silenda.dp.blas.Matrix;
import io.silenda.dp.engine.Patches;
import io.silenda.dp.network.LayerSpec.Convolution2d;
import io.silenda.dp.network.TensorShape;
import java.util.List;

/** Some filters on maps of one size, with a stride: one product of patches and kernels a map. */
final class FilterStage implements AutoCloseable {
  private final Blas blas;
  private final Patches patches;
  private final int outputs;
  private final float[] patch;
  private final FloatMemory left;
  private final FloatMemory kernels;
  private final FloatMemory result;
  private final float[] values;

  /**
   * @param rows each filter's numbers, row by row
   */
  FilterStage(Blas blas, List<float[]> rows, int radius, int stride, int height, int width) {
    this.blas = blas;
    outputs = rows.size();
    int side = 2 * radius + 1;
    Convolution2d spec =
        new Convolution2d(outputs, side, side, stride, stride, radius, radius, false);
    TensorShape in = TensorShape.of(1, height, width);
    patches = new Patches(spec, in, spec.outputShape(in));
    patch = new float[Math.multiplyExact(patches.positions(), patches.patchSize())];
    left = blas.allocate(patch.length);
    kernels = blas.allocate(outputs * patches.patchSize());
    for (int i = 0; i < outputs; i++) {
      kernels.put(i * patches.patchSize(), rows.get(i), 0, patches.patchSize());
    }
    values = new float[patches.positions() * outputs];
    result = blas.allocate(values.length);
  }

  int positions() {
    return patches.positions();
  }

  /** The filtered map, filters next to each other; valid until the next call. */
  float[] apply(float[] maps, int at) {
    patches.extract(maps, at, patch);
    left.put(0, patch, 0, patch.length);
    blas.multiply(
        new Matrix(left, 0, positions(), patches.patchSize()),
        false,
        new Matrix(kernels, 0, outputs, patches.patchSize()),
        true,
        new Matrix(result, 0, positions(), outputs),
        false);
    result.get(0, values, 0, values.length);
    return values;
  }

  @Override
  public void close() {
    left.close();
    kernels.close();
    result.close();
  }
}
