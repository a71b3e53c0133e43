package io.silenda.infer.packing;

/**
 * Which lane position holds each output element; all other slots are zero by construction.
 *
 * @param positions lane position of each output element
 * @param batch rows that one ciphertext holds
 */
public record OutputPacking(int[] positions, int batch) {
  /** Copies the positions. */
  public OutputPacking {
    positions = positions.clone();
  }

  @Override
  public int[] positions() {
    return positions.clone();
  }

  /** The outputs of the first {@code rows} rows. */
  public double[][] unpack(double[] slots, int rows) {
    if (rows < 1 || rows > batch) {
      throw new IllegalArgumentException("rows " + rows + " outside 1.." + batch);
    }
    double[][] outputs = new double[rows][positions.length];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < positions.length; i++) {
        outputs[row][i] = slots[positions[i] * batch + row];
      }
    }
    return outputs;
  }

  /**
   * The largest magnitude among the slots that hold no output.
   *
   * <p>An answer that outgrew the modulus wraps around in the coefficients of the polynomial, which
   * smears it over all slots: a value far from zero here means that the outputs are wrong.
   */
  public double largestOutside(double[] slots) {
    boolean[] used = new boolean[slots.length];
    for (int position : positions) {
      for (int row = 0; row < batch; row++) {
        used[position * batch + row] = true;
      }
    }
    double largest = 0;
    for (int slot = 0; slot < slots.length; slot++) {
      largest = used[slot] ? largest : Math.max(largest, Math.abs(slots[slot]));
    }
    return largest;
  }
}
