package io.silenda.dp.network;

import io.silenda.dp.network.LayerSpec.AveragePool;
import io.silenda.dp.network.LayerSpec.Convolution2d;
import io.silenda.dp.network.LayerSpec.Dense;
import io.silenda.dp.network.LayerSpec.Embedding;
import io.silenda.dp.network.LayerSpec.Flatten;
import io.silenda.dp.network.LayerSpec.GroupNorm;
import io.silenda.dp.network.LayerSpec.LayerNorm;
import io.silenda.dp.network.LayerSpec.MaxPool;
import io.silenda.dp.network.LayerSpec.Residual;
import io.silenda.dp.network.LayerSpec.Scattering;
import java.util.List;

/** Shape inference. */
final class Shapes {
  private Shapes() {}

  static TensorShape output(LayerSpec layer, TensorShape in) {
    if (layer instanceof Dense dense) {
      require(!in.isImage(), layer, in, "needs [features] or [positions, features]: add a Flatten");
      return in.rank() == 1
          ? TensorShape.of(dense.units())
          : TensorShape.of(in.size(0), dense.units());
    }
    if (layer instanceof Convolution2d convolution) {
      return convolved(convolution, in);
    }
    if (layer instanceof MaxPool pool) {
      return pooled(layer, pool.kernel(), pool.stride(), in);
    }
    if (layer instanceof AveragePool pool) {
      return pooled(layer, pool.kernel(), pool.stride(), in);
    }
    if (layer instanceof GroupNorm norm) {
      require(
          in.channels() % norm.groups() == 0, layer, in, "needs channels divisible by the groups");
      return in;
    }
    if (layer instanceof LayerNorm) {
      require(!in.isImage(), layer, in, "needs [features] or [positions, features]");
      return in;
    }
    if (layer instanceof Embedding embedding) {
      require(in.rank() == 1, layer, in, "needs [positions]");
      return TensorShape.of(in.size(0), embedding.dimension());
    }
    if (layer instanceof Scattering scattering) {
      return scattered(scattering, in);
    }
    if (layer instanceof Residual residual) {
      TensorShape out = through(residual.body(), in);
      require(out.equals(in), layer, in, "has a body that ends in " + out);
      return in;
    }
    return layer instanceof Flatten ? TensorShape.of(in.elements()) : in;
  }

  /** Shape behind a chain; what fails is named by its place. */
  static TensorShape through(List<LayerSpec> layers, TensorShape input) {
    TensorShape shape = input;
    for (int i = 0; i < layers.size(); i++) {
      try {
        if (i > 0 && layers.get(i) instanceof Embedding) {
          throw new IllegalArgumentException("an embedding can only be the first layer");
        }
        if (i > 0 && layers.get(i) instanceof Scattering) {
          throw new IllegalArgumentException("scattering can only be the first layer");
        }
        shape = layers.get(i).outputShape(shape);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("layer " + i + ": " + e.getMessage(), e);
      }
    }
    return shape;
  }

  private static TensorShape convolved(Convolution2d c, TensorShape in) {
    require(in.isImage(), c, in, "needs [channels, height, width]");
    int height = in.size(1) + 2 * c.padHeight() - c.kernelHeight();
    int width = in.size(2) + 2 * c.padWidth() - c.kernelWidth();
    require(height >= 0 && width >= 0, c, in, "has a kernel larger than the padded image");
    return TensorShape.of(c.channels(), height / c.strideHeight() + 1, width / c.strideWidth() + 1);
  }

  private static TensorShape scattered(Scattering s, TensorShape in) {
    int stride = 1 << s.scales();
    require(
        in.isImage() && in.size(1) % stride == 0 && in.size(2) % stride == 0,
        s,
        in,
        "needs [channels, height, width] with sides that are multiples of " + stride);
    int maps = Math.multiplyExact(in.size(0), s.paths());
    require(s.groups() == 0 || maps % s.groups() == 0, s, in, "needs groups that divide " + maps);
    return TensorShape.of(maps, in.size(1) / stride, in.size(2) / stride);
  }

  private static TensorShape pooled(LayerSpec layer, int kernel, int stride, TensorShape in) {
    require(in.isImage(), layer, in, "needs [channels, height, width]");
    int height = in.size(1) - kernel;
    int width = in.size(2) - kernel;
    require(height >= 0 && width >= 0, layer, in, "has a window larger than the image");
    return TensorShape.of(in.size(0), height / stride + 1, width / stride + 1);
  }

  private static void require(boolean good, LayerSpec layer, TensorShape in, String what) {
    if (!good) {
      throw new IllegalArgumentException(layer + " after a tensor of shape " + in + " " + what);
    }
  }
}
