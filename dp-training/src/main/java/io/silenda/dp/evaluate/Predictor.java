package io.silenda.dp.evaluate;

import io.silenda.dp.network.LayerSpec;
import io.silenda.dp.network.LayerSpec.Activation;
import io.silenda.dp.network.LayerSpec.AveragePool;
import io.silenda.dp.network.LayerSpec.Clip;
import io.silenda.dp.network.LayerSpec.Convolution2d;
import io.silenda.dp.network.LayerSpec.Dense;
import io.silenda.dp.network.LayerSpec.Embedding;
import io.silenda.dp.network.LayerSpec.Flatten;
import io.silenda.dp.network.LayerSpec.GroupNorm;
import io.silenda.dp.network.LayerSpec.LayerNorm;
import io.silenda.dp.network.LayerSpec.MaxPool;
import io.silenda.dp.network.LayerSpec.PolynomialActivation;
import io.silenda.dp.network.LayerSpec.Residual;
import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.network.TensorShape;
import io.silenda.dp.network.Weights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A network with its weights. Immutable and thread-safe. */
public final class Predictor {
  private final NetworkSpec network;
  private final Map<String, float[]> parameters = new HashMap<>();

  /** Takes copies of the weights. */
  public Predictor(NetworkSpec network, Weights weights) {
    this.network = network;
    network.parameters().forEach(each -> parameters.put(each.name(), weights.get(each.name())));
  }

  /**
   * The answer to one record, before any softmax or sigmoid.
   *
   * @param record as many numbers as the network's input has
   */
  public float[] predict(float[] record) {
    if (record.length != network.input().elements()) {
      throw new IllegalArgumentException(
          "record has " + record.length + " numbers, not " + network.input().elements());
    }
    return chain(network.layers(), network.input(), record, "");
  }

  private float[] chain(List<LayerSpec> layers, TensorShape input, float[] x, String prefix) {
    TensorShape shape = input;
    float[] values = x;
    for (int i = 0; i < layers.size(); i++) {
      values = layer(layers.get(i), shape, values, prefix + i + ".");
      shape = layers.get(i).outputShape(shape);
    }
    return values;
  }

  private float[] layer(LayerSpec layer, TensorShape in, float[] x, String prefix) {
    if (layer instanceof Dense dense) {
      float[] bias = dense.bias() ? parameter(prefix + "bias") : new float[dense.units()];
      return Linear.dense(x, in.channels(), parameter(prefix + "weight"), bias);
    }
    if (layer instanceof Convolution2d c) {
      float[] bias = c.bias() ? parameter(prefix + "bias") : new float[c.channels()];
      return Linear.convolution(c, in, x, parameter(prefix + "weight"), bias);
    }
    if (layer instanceof AveragePool pool) {
      return Pooling.pool(x, in, layer.outputShape(in), pool.kernel(), pool.stride(), false);
    }
    if (layer instanceof MaxPool pool) {
      return Pooling.pool(x, in, layer.outputShape(in), pool.kernel(), pool.stride(), true);
    }
    if (layer instanceof GroupNorm norm) {
      float[] scale = parameter(prefix + "scale");
      return Norms.group(x, in, norm.groups(), norm.epsilon(), scale, parameter(prefix + "bias"));
    }
    if (layer instanceof LayerNorm norm) {
      float[] scale = parameter(prefix + "scale");
      return Norms.layer(x, norm.epsilon(), scale, parameter(prefix + "bias"));
    }
    if (layer instanceof Embedding embedding) {
      return Linear.embedding(embedding, x, parameter(prefix + "weight"));
    }
    if (layer instanceof Residual residual) {
      float[] sum = chain(residual.body(), in, x, prefix);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += x[i];
      }
      return sum;
    }
    return elementwise(layer, x, prefix);
  }

  private float[] elementwise(LayerSpec layer, float[] x, String prefix) {
    if (layer instanceof Flatten) {
      return x;
    }
    if (layer instanceof Activation activation) {
      return Elements.apply(activation.function(), x);
    }
    if (layer instanceof PolynomialActivation) {
      return Elements.polynomial(parameter(prefix + "coefficients"), x);
    }
    if (layer instanceof Clip clip) {
      return Elements.clip(clip.bound(), x);
    }
    throw new IllegalArgumentException("the layer " + layer + " is not known");
  }

  private float[] parameter(String name) {
    float[] values = parameters.get(name);
    if (values == null) {
      throw new IllegalArgumentException("no parameter is called " + name);
    }
    return values;
  }
}
