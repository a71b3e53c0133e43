package io.silenda.infer.packing;

/**
 * Which input element each lane position holds; all that the client needs to pack a row.
 *
 * @param elements element index for each position of a lane, or −1 for zero
 * @param batch rows that one ciphertext holds
 * @param inputSize elements of one row
 */
public record InputPacking(int[] elements, int batch, int inputSize) {
  /** Copies the element table. */
  public InputPacking {
    elements = elements.clone();
  }

  @Override
  public int[] elements() {
    return elements.clone();
  }

  /**
   * Packs up to {@link #batch()} rows into slots. Places of rows that are not there hold the first
   * row: zeros could lie outside the range that the network's polynomials were made for.
   *
   * @param rows each of {@link #inputSize()} values
   */
  public double[] pack(double[][] rows) {
    if (rows.length == 0 || rows.length > batch) {
      throw new IllegalArgumentException("rows " + rows.length + " outside 1.." + batch);
    }
    double[] slots = new double[elements.length * batch];
    for (double[] row : rows) {
      if (row.length != inputSize) {
        throw new IllegalArgumentException(
            "row has " + row.length + " values, expected " + inputSize);
      }
    }
    for (int place = 0; place < batch; place++) {
      double[] row = rows[place < rows.length ? place : 0];
      for (int position = 0; position < elements.length; position++) {
        if (elements[position] != TensorLayout.EMPTY) {
          slots[position * batch + place] = row[elements[position]];
        }
      }
    }
    return slots;
  }
}
