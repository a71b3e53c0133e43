package io.silenda.infer.graph;

import java.util.Arrays;

/**
 * {@code y = weights · x + bias} on the flattened, row-major input, for maps with few weights:
 * transposed and sliced tensors, pools, convolutions that are no {@link Operator.Convolution}.
 *
 * @param weights one row per output, one column per input element
 * @param bias one value per output
 */
@SuppressWarnings("ArrayRecordComponent") // The constructor and the accessor copy.
public record SparseAffine(CompressedRows weights, double[] bias) implements Operator {
  /**
   * Copies {@code bias}.
   *
   * @throws IllegalArgumentException if {@code bias} has not one value a row of {@code weights}
   */
  public SparseAffine {
    if (bias.length != weights.rows()) {
      throw new IllegalArgumentException(
          "bias has length " + bias.length + ", must be " + weights.rows());
    }
    bias = bias.clone();
  }

  @Override
  public double[] bias() {
    return bias.clone();
  }

  /** The bias of output {@code index}. */
  public double bias(int index) {
    return bias[index];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SparseAffine that
        && weights.equals(that.weights)
        && Arrays.equals(bias, that.bias);
  }

  @Override
  public int hashCode() {
    return 31 * weights.hashCode() + Arrays.hashCode(bias);
  }

  @Override
  public String toString() {
    return "SparseAffine[" + weights + "]";
  }
}
