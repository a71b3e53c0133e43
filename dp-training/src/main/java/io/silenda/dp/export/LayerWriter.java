package io.silenda.dp.export;

import io.silenda.dp.network.ActivationFunction;
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
import io.silenda.dp.network.LayerSpec.Scattering;
import io.silenda.dp.network.TensorShape;
import io.silenda.dp.network.Weights;
import java.util.ArrayList;
import java.util.List;

/** Nodes of each kind of layer, in operators that exist since operator set 17. */
final class LayerWriter {
  private static final float SQRT_HALF = (float) Math.sqrt(0.5);

  private final OnnxGraph graph;
  private final Weights weights;

  LayerWriter(OnnxGraph graph, Weights weights) {
    this.graph = graph;
    this.weights = weights;
  }

  /** A chain of layers behind the tensor {@code x}; {@code prefix} is where its parameters are. */
  String chain(List<LayerSpec> layers, TensorShape input, String x, String prefix) {
    TensorShape shape = input;
    String tensor = x;
    for (int i = 0; i < layers.size(); i++) {
      tensor = layer(layers.get(i), shape, tensor, prefix + i + ".");
      shape = layers.get(i).outputShape(shape);
    }
    return tensor;
  }

  private String layer(LayerSpec layer, TensorShape in, String x, String prefix) {
    if (layer instanceof Dense dense) {
      return in.rank() == 1 ? gemm(dense, in, x, prefix) : matrixProduct(dense, in, x, prefix);
    }
    if (layer instanceof Convolution2d convolution) {
      return convolution(convolution, in, x, prefix);
    }
    if (layer instanceof AveragePool pool) {
      return pool("AveragePool", pool.kernel(), pool.stride(), x);
    }
    if (layer instanceof MaxPool pool) {
      return pool("MaxPool", pool.kernel(), pool.stride(), x);
    }
    if (layer instanceof GroupNorm norm) {
      return groupNorm(norm, in, x, prefix);
    }
    if (layer instanceof LayerNorm norm) {
      return layerNorm(norm, in, x, prefix);
    }
    if (layer instanceof Embedding embedding) {
      return embedding(embedding, x, prefix);
    }
    if (layer instanceof Scattering scattering) {
      return new ScatteringWriter(graph, scattering, in, prefix).write(x);
    }
    if (layer instanceof Residual residual) {
      return graph.add("Add", List.of(x, chain(residual.body(), in, x, prefix)));
    }
    return elementwise(layer, x, prefix);
  }

  private String elementwise(LayerSpec layer, String x, String prefix) {
    if (layer instanceof Flatten) {
      return graph.add("Flatten", List.of(x), OnnxGraph.integer("axis", 1));
    }
    if (layer instanceof Activation activation) {
      return activation(activation.function(), x, prefix);
    }
    if (layer instanceof PolynomialActivation) {
      return polynomial(x, prefix);
    }
    if (layer instanceof Clip clip) {
      return graph.add(
          "Clip",
          List.of(
              x,
              graph.scalar(prefix + "minimum", -clip.bound()),
              graph.scalar(prefix + "maximum", clip.bound())));
    }
    throw new IllegalArgumentException("no ONNX form of the layer " + layer);
  }

  private String gemm(Dense dense, TensorShape in, String x, String prefix) {
    List<String> inputs =
        withBias(
            dense.bias(),
            dense.units(),
            prefix,
            x,
            parameter(prefix + "weight", dense.units(), in.channels()));
    return graph.add("Gemm", inputs, OnnxGraph.integer("transB", 1));
  }

  private String matrixProduct(Dense dense, TensorShape in, String x, String prefix) {
    float[] rows = weights.get(prefix + "weight");
    float[] columns = new float[rows.length];
    int inputs = in.channels();
    for (int i = 0; i < rows.length; i++) {
      columns[i % inputs * dense.units() + i / inputs] = rows[i];
    }
    String matrix = graph.floats(prefix + "weight", List.of(inputs, dense.units()), columns);
    String product = graph.add("MatMul", List.of(x, matrix));
    return dense.bias()
        ? graph.add("Add", List.of(product, parameter(prefix + "bias", dense.units())))
        : product;
  }

  private String convolution(Convolution2d c, TensorShape in, String x, String prefix) {
    String kernel =
        parameter(
            prefix + "weight", c.channels(), in.channels(), c.kernelHeight(), c.kernelWidth());
    return graph.add(
        "Conv",
        withBias(c.bias(), c.channels(), prefix, x, kernel),
        OnnxGraph.integers("kernel_shape", List.of(c.kernelHeight(), c.kernelWidth())),
        OnnxGraph.integers("strides", List.of(c.strideHeight(), c.strideWidth())),
        OnnxGraph.integers(
            "pads", List.of(c.padHeight(), c.padWidth(), c.padHeight(), c.padWidth())));
  }

  private List<String> withBias(boolean bias, int outputs, String prefix, String x, String matrix) {
    List<String> inputs = new ArrayList<>(List.of(x, matrix));
    if (bias) {
      inputs.add(parameter(prefix + "bias", outputs));
    }
    return inputs;
  }

  private String pool(String type, int kernel, int stride, String x) {
    return graph.add(
        type,
        List.of(x),
        OnnxGraph.integers("kernel_shape", List.of(kernel, kernel)),
        OnnxGraph.integers("strides", List.of(stride, stride)));
  }

  private String groupNorm(GroupNorm norm, TensorShape in, String x, String prefix) {
    String back = GroupNormaliser.write(graph, in, norm.groups(), norm.epsilon(), x, prefix);
    String scaled = graph.add("Mul", List.of(back, parameter(prefix + "scale", perChannel(in))));
    return graph.add("Add", List.of(scaled, parameter(prefix + "bias", perChannel(in))));
  }

  private static Integer[] perChannel(TensorShape in) {
    return in.isImage() ? new Integer[] {in.channels(), 1, 1} : new Integer[] {in.channels()};
  }

  private String layerNorm(LayerNorm norm, TensorShape in, String x, String prefix) {
    return graph.add(
        "LayerNormalization",
        List.of(
            x,
            parameter(prefix + "scale", in.channels()),
            parameter(prefix + "bias", in.channels())),
        OnnxGraph.integer("axis", -1),
        OnnxGraph.real("epsilon", norm.epsilon()));
  }

  private String embedding(Embedding embedding, String x, String prefix) {
    String index = graph.add("Cast", List.of(x), OnnxGraph.integer("to", 7));
    return graph.add(
        "Gather",
        List.of(parameter(prefix + "weight", embedding.vocabulary(), embedding.dimension()), index),
        OnnxGraph.integer("axis", 0));
  }

  private String activation(ActivationFunction function, String x, String prefix) {
    return switch (function) {
      case SQUARE -> graph.add("Mul", List.of(x, x));
      case RELU -> graph.add("Relu", List.of(x));
      case TANH -> graph.add("Tanh", List.of(x));
      case SIGMOID -> graph.add("Sigmoid", List.of(x));
      case SILU -> graph.add("Mul", List.of(x, graph.add("Sigmoid", List.of(x))));
      case GELU -> gelu(x, prefix);
    };
  }

  /** x/2 (1 + erf(x/√2)): Gelu itself is younger than the operator set. */
  private String gelu(String x, String prefix) {
    String scaled = graph.add("Mul", List.of(x, graph.scalar(prefix + "sqrt_half", SQRT_HALF)));
    String raised =
        graph.add(
            "Add", List.of(graph.add("Erf", List.of(scaled)), graph.scalar(prefix + "one", 1)));
    String half = graph.add("Mul", List.of(x, graph.scalar(prefix + "half", 0.5f)));
    return graph.add("Mul", List.of(half, raised));
  }

  /** Horner's rule. */
  private String polynomial(String x, String prefix) {
    float[] coefficients = weights.get(prefix + "coefficients");
    int degree = coefficients.length - 1;
    String value =
        graph.add("Mul", List.of(x, graph.scalar(prefix + "c" + degree, coefficients[degree])));
    for (int i = degree - 1; i >= 0; i--) {
      String shift = graph.scalar(prefix + "c" + i, coefficients[i]);
      value = graph.add("Add", List.of(value, shift));
      if (i > 0) {
        value = graph.add("Mul", List.of(value, x));
      }
    }
    return value;
  }

  private String parameter(String name, Integer... shape) {
    return graph.floats(name, List.of(shape), weights.get(name));
  }
}
