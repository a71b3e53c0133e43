package io.silenda.dp.train;

import io.silenda.dp.network.LayerSpec;
import io.silenda.dp.network.LayerSpec.PolynomialActivation;
import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.network.ParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * First weights, from a public seed: matrices uniform in sqrt(3 / inputs) (variance 1 / inputs, as
 * LeCun 1998), embeddings normal, scales one, biases zero, polynomials near ReLU.
 */
final class InitialWeights {
  private InitialWeights() {}

  static float[] of(NetworkSpec network, long seed) {
    float[] values = new float[network.parameterCount()];
    SplittableRandom random = new SplittableRandom(seed);
    int at = 0;
    for (ParameterSpec parameter : network.parameters()) {
      fill(values, at, parameter, layer(network.layers(), parameter.name()), random);
      at += parameter.shape().elements();
    }
    return values;
  }

  private static void fill(
      float[] values, int at, ParameterSpec parameter, LayerSpec layer, SplittableRandom random) {
    int count = parameter.shape().elements();
    if (layer instanceof PolynomialActivation polynomial) {
      float[] fit = ReluFit.coefficients(polynomial.degree(), polynomial.inputBound());
      System.arraycopy(fit, 0, values, at, count);
    } else if (layer instanceof LayerSpec.Embedding) {
      fillNormal(values, at, count, random);
    } else if (parameter.name().endsWith("weight")) {
      fillUniform(values, at, count, count / parameter.shape().sizes().get(0), random);
    } else if (parameter.name().endsWith("scale")) {
      Arrays.fill(values, at, at + count, 1);
    }
  }

  private static void fillNormal(float[] values, int at, int count, SplittableRandom random) {
    for (int i = at; i < at + count; i++) {
      values[i] = (float) random.nextGaussian();
    }
  }

  private static void fillUniform(
      float[] values, int at, int count, int inputs, SplittableRandom random) {
    double bound = Math.sqrt(3.0 / inputs);
    for (int i = at; i < at + count; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
  }

  /** The layer that a name like 3.1.weight belongs to. */
  private static LayerSpec layer(List<LayerSpec> layers, String name) {
    int dot = name.indexOf('.');
    LayerSpec layer = layers.get(Integer.parseInt(name.substring(0, dot)));
    return layer instanceof LayerSpec.Residual residual
        ? layer(residual.body(), name.substring(dot + 1))
        : layer;
  }
}
