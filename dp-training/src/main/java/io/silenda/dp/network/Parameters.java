package io.silenda.dp.network;

import io.silenda.dp.network.LayerSpec.Convolution2d;
import io.silenda.dp.network.LayerSpec.Dense;
import io.silenda.dp.network.LayerSpec.Embedding;
import io.silenda.dp.network.LayerSpec.GroupNorm;
import io.silenda.dp.network.LayerSpec.LayerNorm;
import io.silenda.dp.network.LayerSpec.PolynomialActivation;
import io.silenda.dp.network.LayerSpec.Residual;
import java.util.ArrayList;
import java.util.List;

/** Trained arrays of each kind of layer. */
final class Parameters {
  private Parameters() {}

  static List<ParameterSpec> of(LayerSpec layer, TensorShape in) {
    if (layer instanceof Dense dense) {
      return linear(dense.bias(), ArrayShape.of(dense.units(), in.channels()), dense.units());
    }
    if (layer instanceof Convolution2d c) {
      ArrayShape weight =
          ArrayShape.of(c.channels(), in.channels(), c.kernelHeight(), c.kernelWidth());
      return linear(c.bias(), weight, c.channels());
    }
    if (layer instanceof GroupNorm || layer instanceof LayerNorm) {
      return List.of(
          new ParameterSpec("scale", ArrayShape.of(in.channels())),
          new ParameterSpec("bias", ArrayShape.of(in.channels())));
    }
    if (layer instanceof Embedding e) {
      return List.of(new ParameterSpec("weight", ArrayShape.of(e.vocabulary(), e.dimension())));
    }
    if (layer instanceof PolynomialActivation p) {
      return List.of(new ParameterSpec("coefficients", ArrayShape.of(p.degree() + 1)));
    }
    return layer instanceof Residual residual ? chain(residual.body(), in) : List.of();
  }

  static List<ParameterSpec> chain(List<LayerSpec> layers, TensorShape input) {
    List<ParameterSpec> all = new ArrayList<>();
    TensorShape shape = input;
    for (int i = 0; i < layers.size(); i++) {
      for (ParameterSpec parameter : layers.get(i).parameters(shape)) {
        all.add(parameter.under(i));
      }
      shape = layers.get(i).outputShape(shape);
    }
    return all;
  }

  private static List<ParameterSpec> linear(boolean bias, ArrayShape weight, int outputs) {
    ParameterSpec matrix = new ParameterSpec("weight", weight);
    return bias
        ? List.of(matrix, new ParameterSpec("bias", ArrayShape.of(outputs)))
        : List.of(matrix);
  }
}
