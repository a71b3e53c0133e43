package io.silenda.dp.engine;

import io.silenda.dp.blas.Blas;
import io.silenda.dp.network.LayerSpec.Convolution2d;
import io.silenda.dp.network.TensorShape;

/** A convolution: a dense map of every patch. */
final class ConvolutionNode extends LinearNode {
  private final RowProducts rowProducts;
  private final Patches patches;
  private final float[] patch;
  private final float[] permuted;
  private final int channels;
  private final int taps;

  static ConvolutionNode of(
      Blas blas,
      Tensor in,
      Tensor out,
      Batch batch,
      Convolution2d spec,
      TensorShape input,
      int offset) {
    Patches patches = new Patches(spec, input, spec.outputShape(input));
    RowProducts products =
        new RowProducts(
            blas, batch.mostRows(), patches.positions(), patches.patchSize(), spec.channels());
    return new ConvolutionNode(in, out, batch, products, patches, spec, input, offset);
  }

  private ConvolutionNode(
      Tensor in,
      Tensor out,
      Batch batch,
      RowProducts products,
      Patches patches,
      Convolution2d spec,
      TensorShape input,
      int offset) {
    super(in, out, products, batch, patches.positions(), spec.bias(), offset);
    rowProducts = products;
    this.patches = patches;
    patch = new float[patches.positions() * patches.patchSize()];
    permuted = new float[products.inputs * products.outputs];
    channels = input.size(0);
    taps = spec.kernelHeight() * spec.kernelWidth();
  }

  @Override
  void forward(int rows) {
    for (int row = 0; row < rows; row++) {
      patches.extract(in.values, row * in.size, patch);
      rowProducts.putInputs(row, patch, 0);
    }
    rowProducts.forward(rows, out.values);
    addBias(out.values, rows);
  }

  @Override
  void backward(int rows, boolean wanted) {
    rowProducts.putGradients(rows, out.gradients);
    for (int row = 0; wanted && row < rows; row++) {
      rowProducts.inputGradients(row, patch, 0);
      patches.scatter(patch, in.gradients, row * in.size);
    }
  }

  /** [outputs, channels, taps] to [outputs, taps, channels]. */
  @Override
  void fromOnnx(float[] parameters, int at, float[] to) {
    for (int o = 0; o < products.outputs; o++) {
      int start = o * products.inputs;
      Transposition.restore(parameters, at + start, taps, to, start, taps, channels);
    }
  }

  @Override
  float[] toOnnx(float[] values) {
    if (channels == 1) {
      return values;
    }
    for (int o = 0; o < products.outputs; o++) {
      int start = o * products.inputs;
      Transposition.restore(values, start, channels, permuted, start, channels, taps);
    }
    return permuted;
  }
}
