package io.silenda.infer.enclave.outsource;

import io.silenda.infer.graph.ConvolutionGeometry;
import java.util.Arrays;

/**
 * A convolution of images, laid out channel, row, column. To check it, it is the large sparse
 * matrix that it stands for: one vector for all positions, not one a channel. Immutable.
 */
public final class ConvolutionMap implements FieldMap {
  private final ConvolutionGeometry geometry;
  private final int[] weights;

  /**
   * A convolution.
   *
   * @param weights in the order output channel, input channel of the group, kernel row, kernel
   *     column, each below 2^15 in magnitude
   */
  public ConvolutionMap(ConvolutionGeometry geometry, int[] weights) {
    if (weights.length != geometry.weightCount()) {
      throw new IllegalArgumentException(
          "weights has length " + weights.length + ", must be " + geometry.weightCount());
    }
    this.geometry = geometry;
    this.weights = Weights.requireSmall(weights.clone());
  }

  /** The sizes. */
  public ConvolutionGeometry geometry() {
    return geometry;
  }

  @Override
  public int inputSize() {
    return geometry.inputSize();
  }

  @Override
  public int outputSize() {
    return geometry.outputSize();
  }

  /** Values that one output reads. */
  public int patchSize() {
    return geometry.channelsPerGroup() * geometry.kernelHeight() * geometry.kernelWidth();
  }

  @Override
  public long largestRowSum() {
    return Weights.largestRowSum(weights, patchSize());
  }

  /** The weight of an output channel for a value of its patch. */
  public int weight(int outChannel, int patchIndex) {
    return weights[outChannel * patchSize() + patchIndex];
  }

  /**
   * Where the input of a patch value lies.
   *
   * @param group group of channels
   * @param position output row times output width plus output column
   * @param patchIndex place in the patch
   * @return index into one input; −1 for padding
   */
  public int inputIndex(int group, int position, int patchIndex) {
    ConvolutionGeometry g = geometry;
    int kernelColumn = patchIndex % g.kernelWidth();
    int kernelRow = patchIndex / g.kernelWidth() % g.kernelHeight();
    int channel = patchIndex / (g.kernelWidth() * g.kernelHeight()) + group * g.channelsPerGroup();
    int row =
        position / g.outWidth() * g.strideHeight() + kernelRow * g.dilationHeight() - g.padTop();
    int column =
        position % g.outWidth() * g.strideWidth() + kernelColumn * g.dilationWidth() - g.padLeft();
    boolean inside = row >= 0 && row < g.inHeight() && column >= 0 && column < g.inWidth();
    return inside ? (channel * g.inHeight() + row) * g.inWidth() + column : -1;
  }

  @Override
  public int[] apply(PrimeField field, int[] values, int from) {
    long[] sums = new long[outputSize()];
    visit((out, in, weight) -> sums[out] += (long) weight * values[from + in]);
    return reduced(field, sums);
  }

  @Override
  public int[] applyTransposed(PrimeField field, int[] values) {
    long[] sums = new long[inputSize()];
    visit((out, in, weight) -> sums[in] += (long) weight * values[out]);
    return reduced(field, sums);
  }

  /** No sum has 2^16 terms of 2^46: a patch and a window of outputs have fewer. */
  private static int[] reduced(PrimeField field, long[] sums) {
    return Arrays.stream(sums).mapToInt(field::reduce).toArray();
  }

  private void visit(Visitor visitor) {
    int positions = geometry.outHeight() * geometry.outWidth();
    int perGroup = geometry.outChannels() / geometry.groups();
    for (int position = 0; position < positions; position++) {
      for (int group = 0; group < geometry.groups(); group++) {
        for (int patchIndex = 0; patchIndex < patchSize(); patchIndex++) {
          int in = inputIndex(group, position, patchIndex);
          for (int channel = group * perGroup;
              in >= 0 && channel < (group + 1) * perGroup;
              channel++) {
            visitor.visit(channel * positions + position, in, weight(channel, patchIndex));
          }
        }
      }
    }
  }

  @FunctionalInterface
  private interface Visitor {
    void visit(int out, int in, int weight);
  }
}
