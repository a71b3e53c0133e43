package io.silenda.infer.plain;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import io.silenda.infer.tensor.Tensor;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Puts the rows of several runs into one tensor. */
final class RowCollector {
  private final int rows;
  private float[] values = new float[0];
  private int[] shape = {0};
  private int filled;

  RowCollector(int rows) {
    this.rows = rows;
  }

  /** Adds the first {@code kept} of the {@code batch} rows of a float or double tensor. */
  void add(OnnxTensor tensor, int batch, int kept) {
    float[] chunk = floats(tensor);
    int rowSize = chunk.length / batch;
    if (filled == 0) {
      values = new float[Math.multiplyExact(rows, rowSize)];
      shape = shape(tensor.getInfo().getShape(), batch, rowSize);
    }
    System.arraycopy(chunk, 0, values, filled, kept * rowSize);
    filled += kept * rowSize;
  }

  private int[] shape(long[] chunkShape, int batch, int rowSize) {
    boolean countsRows = chunkShape.length > 0 && chunkShape[0] == batch;
    int[] full =
        countsRows
            ? Arrays.stream(chunkShape).mapToInt(Math::toIntExact).toArray()
            : new int[] {rows, rowSize};
    full[0] = rows;
    return full;
  }

  private static float[] floats(OnnxTensor tensor) {
    if (tensor.getInfo().type == OnnxJavaType.DOUBLE) {
      DoubleBuffer doubles = tensor.getDoubleBuffer();
      float[] narrowed = new float[doubles.remaining()];
      for (int i = 0; i < narrowed.length; i++) {
        narrowed[i] = (float) doubles.get();
      }
      return narrowed;
    }
    FloatBuffer floats = tensor.getFloatBuffer();
    float[] copy = new float[floats.remaining()];
    floats.get(copy);
    return copy;
  }

  Tensor tensor() {
    return Tensor.of(shape, values);
  }
}
