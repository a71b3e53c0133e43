package io.silenda.infer.enclave.outsource;

/** Integer weights of a layer. */
final class Weights {
  /** Exclusive bound of magnitudes. */
  static final int LIMIT = 1 << 15;

  private Weights() {}

  static int[] requireSmall(int[] weights) {
    for (int weight : weights) {
      if (Math.abs((long) weight) >= LIMIT) {
        throw new IllegalArgumentException("a weight is not in (" + -LIMIT + ", " + LIMIT + ")");
      }
    }
    return weights;
  }

  static long largestRowSum(int[] weights, int rowLength) {
    long largest = 1;
    for (int start = 0; start < weights.length; start += rowLength) {
      long sum = 0;
      for (int i = start; i < start + rowLength; i++) {
        sum += Math.abs(weights[i]);
      }
      largest = Math.max(largest, sum);
    }
    return largest;
  }
}
