package io.silenda.infer.packing;

/**
 * Which lane position holds each output element; all slots but those and their copies are zero by
 * construction.
 *
 * @param positions lane position of each output element, all within one of the lane's parts
 * @param batch rows that one ciphertext holds
 * @param copies equal parts of the lane, a power of two: each holds every output once, at the same
 *     place
 */
public record OutputPacking(int[] positions, int batch, int copies) {
  /** Copies the positions. */
  public OutputPacking {
    positions = positions.clone();
    if (copies < 1 || Integer.bitCount(copies) != 1) {
      throw new IllegalArgumentException("copies " + copies + " is not a power of two");
    }
  }

  @Override
  public int[] positions() {
    return positions.clone();
  }

  /**
   * The outputs of the first {@code rows} rows: the mean of all copies, since what encryption adds
   * to a row's input differs from copy to copy where the lane holds the input more than once.
   */
  public double[][] unpack(double[] slots, int rows) {
    if (rows < 1 || rows > batch) {
      throw new IllegalArgumentException("rows " + rows + " outside 1.." + batch);
    }
    double[][] outputs = new double[rows][positions.length];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < positions.length; i++) {
        outputs[row][i] = mean(slots, positions[i] * batch + row);
      }
    }
    return outputs;
  }

  private double mean(double[] slots, int slot) {
    double sum = 0;
    for (int copy = 0; copy < copies; copy++) {
      sum += slots[(slot + copy * (slots.length / copies)) % slots.length];
    }
    return sum / copies;
  }

  /**
   * The largest magnitude among the slots that hold no output.
   *
   * <p>An answer that outgrew the modulus wraps around in the coefficients of the polynomial, which
   * smears it over all slots: a value far from zero here means that the outputs are wrong.
   */
  public double largestOutside(double[] slots) {
    int part = slots.length / copies;
    boolean[] used = new boolean[part];
    for (int position : positions) {
      for (int row = 0; row < batch; row++) {
        used[(position * batch + row) % part] = true;
      }
    }
    double largest = 0;
    for (int slot = 0; slot < slots.length; slot++) {
      largest = used[slot % part] ? largest : Math.max(largest, Math.abs(slots[slot]));
    }
    return largest;
  }
}
