package io.silenda.infer;

import io.silenda.infer.graph.ClientTail;
import io.silenda.infer.tensor.Tensor;

/** Applies the client's tail to every row of a decrypted tensor. */
final class Tails {
  private Tails() {}

  static Tensor apply(ClientTail tail, Tensor core) {
    double[][] rows = new double[core.rows()][];
    for (int row = 0; row < rows.length; row++) {
      float[] values = core.row(row);
      double[] wide = new double[values.length];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = values[i];
      }
      rows[row] = tail.apply(wide);
    }
    int columns = rows[0].length;
    float[] output = new float[rows.length * columns];
    for (int i = 0; i < output.length; i++) {
      output[i] = (float) rows[i / columns][i % columns];
    }
    return Tensor.of(new int[] {rows.length, columns}, output);
  }
}
