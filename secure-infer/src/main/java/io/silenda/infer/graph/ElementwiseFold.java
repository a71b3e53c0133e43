package io.silenda.infer.graph;

import io.silenda.infer.graph.Operator.Convolution;
import io.silenda.infer.graph.Operator.Dense;
import java.util.Arrays;
import java.util.Optional;

/** Merges a scale and shift of channels into the linear operator before or after it. */
final class ElementwiseFold {
  private final double[] scale;
  private final double[] shift;
  private final int pixels;

  private ElementwiseFold(Convolution elementwise) {
    this.scale = elementwise.weights();
    this.shift = elementwise.bias();
    this.pixels = elementwise.geometry().inHeight() * elementwise.geometry().inWidth();
  }

  static boolean isElementwise(Operator operator) {
    return operator instanceof Convolution convolution && convolution.geometry().isElementwise();
  }

  /** One operator for {@code first} and then the scale and shift. */
  static Optional<Operator> after(Operator first, Operator elementwise) {
    ElementwiseFold fold = new ElementwiseFold((Convolution) elementwise);
    if (first instanceof Dense dense) {
      return Optional.of(fold.after(dense));
    } else if (first instanceof SparseAffine sparse) {
      return Optional.of(fold.after(sparse));
    }
    return first instanceof Convolution convolution ? fold.after(convolution) : Optional.empty();
  }

  /** One operator for the scale and shift and then {@code second}. */
  static Optional<Operator> before(Operator elementwise, Operator second) {
    ElementwiseFold fold = new ElementwiseFold((Convolution) elementwise);
    if (second instanceof Dense dense) {
      return Optional.of(fold.before(dense));
    } else if (second instanceof SparseAffine sparse) {
      return Optional.of(fold.before(sparse));
    }
    return second instanceof Convolution convolution ? fold.before(convolution) : Optional.empty();
  }

  private Operator after(Dense dense) {
    int columns = dense.weights().columns();
    double[] weights = dense.weights().values();
    double[] bias = dense.bias();
    for (int row = 0; row < bias.length; row++) {
      int channel = row / pixels;
      for (int column = 0; column < columns; column++) {
        weights[row * columns + column] *= scale[channel];
      }
      bias[row] = bias[row] * scale[channel] + shift[channel];
    }
    return new Dense(Matrix.adopt(bias.length, columns, weights), bias);
  }

  private Operator after(SparseAffine sparse) {
    double[] bias = sparse.bias();
    for (int row = 0; row < bias.length; row++) {
      bias[row] = bias[row] * scale[row / pixels] + shift[row / pixels];
    }
    return new SparseAffine(
        sparse.weights().map((row, column, value) -> value * scale[row / pixels]), bias);
  }

  private Operator before(SparseAffine sparse) {
    double[] bias = sparse.bias();
    sparse.weights().forEach((row, column, value) -> bias[row] += value * shift[column / pixels]);
    return new SparseAffine(
        sparse.weights().map((row, column, value) -> value * scale[column / pixels]), bias);
  }

  private Optional<Operator> after(Convolution convolution) {
    ConvolutionGeometry geometry = convolution.geometry();
    int outPixels = geometry.outHeight() * geometry.outWidth();
    if (pixels % outPixels != 0) {
      return Optional.empty();
    }
    double[] weights = convolution.weights();
    double[] bias = convolution.bias();
    int perChannel = weights.length / bias.length;
    for (int out = 0; out < bias.length; out++) {
      int channel = (int) ((long) out * outPixels / pixels);
      for (int i = 0; i < perChannel; i++) {
        weights[out * perChannel + i] *= scale[channel];
      }
      bias[out] = bias[out] * scale[channel] + shift[channel];
    }
    return Optional.of(new Convolution(geometry, weights, bias));
  }

  private Operator before(Dense dense) {
    int columns = dense.weights().columns();
    double[] weights = dense.weights().values();
    double[] bias = dense.bias();
    for (int row = 0; row < bias.length; row++) {
      for (int column = 0; column < columns; column++) {
        int index = row * columns + column;
        bias[row] += weights[index] * shift[column / pixels];
        weights[index] *= scale[column / pixels];
      }
    }
    return new Dense(Matrix.adopt(bias.length, columns, weights), bias);
  }

  private Optional<Operator> before(Convolution convolution) {
    ConvolutionGeometry geometry = convolution.geometry();
    int inPixels = geometry.inHeight() * geometry.inWidth();
    boolean shifts = Arrays.stream(shift).anyMatch(value -> value != 0);
    // Padding is zero after the shift, so a shift cannot move past it.
    if (pixels % inPixels != 0 || (shifts && geometry.readsPadding())) {
      return Optional.empty();
    }
    double[] weights = convolution.weights();
    double[] bias = convolution.bias();
    int kernel = geometry.kernelHeight() * geometry.kernelWidth();
    int perGroup = geometry.channelsPerGroup();
    int outPerGroup = geometry.outChannels() / geometry.groups();
    for (int i = 0; i < weights.length; i++) {
      int out = i / (perGroup * kernel);
      int in = out / outPerGroup * perGroup + i / kernel % perGroup;
      int channel = (int) ((long) in * inPixels / pixels);
      bias[out] += weights[i] * shift[channel];
      weights[i] *= scale[channel];
    }
    return Optional.of(new Convolution(geometry, weights, bias));
  }
}
