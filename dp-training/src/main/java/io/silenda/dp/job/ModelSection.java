package io.silenda.dp.job;

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
import java.util.ArrayList;
import java.util.List;

/** Layers of a job. */
final class ModelSection {
  private static final int LARGEST = 1 << 20;
  private static final int LARGEST_WINDOW = 1024;
  private static final int DEEPEST = 8;
  private static final Range EPSILON = Range.from(1e-8, 1);
  private static final Range BOUND = Range.above(0, 1e6);

  /** Kinds of layers, as jobs spell them. */
  private enum Kind {
    DENSE,
    CONVOLUTION,
    ACTIVATION,
    POLYNOMIAL,
    AVERAGE_POOL,
    MAX_POOL,
    GROUP_NORM,
    LAYER_NORM,
    EMBEDDING,
    FLATTEN,
    CLIP,
    RESIDUAL,
    SCATTERING
  }

  private ModelSection() {}

  static List<LayerSpec> from(Members members) throws JobException {
    List<LayerSpec> layers = layers(members, DEEPEST);
    members.done();
    return layers;
  }

  private static List<LayerSpec> layers(Members members, int depth) throws JobException {
    if (depth == 0) {
      throw members.refuse("layers", "at most " + DEEPEST + " layers inside each other");
    }
    List<LayerSpec> layers = new ArrayList<>();
    for (Members layer : members.objects("layers")) {
      try {
        layers.add(layer(layer, depth));
      } catch (IllegalArgumentException e) {
        throw new JobException(
            JobException.Reason.MEMBER, layer.path("kind") + ": " + e.getMessage(), e);
      }
      layer.done();
    }
    return List.copyOf(layers);
  }

  private static LayerSpec layer(Members m, int depth) throws JobException {
    return switch (m.choice("kind", Kind.class)) {
      case DENSE -> new Dense(m.whole("units", 1, LARGEST), m.flag("bias", true));
      case CONVOLUTION -> convolution(m);
      case ACTIVATION -> new Activation(m.choice("function", ActivationFunction.class));
      case POLYNOMIAL ->
          new PolynomialActivation(
              m.whole("degree", 2, 4),
              (float) m.number("input-bound", BOUND),
              (float) m.number("range-penalty", Range.from(0, 1e6), 0));
      case AVERAGE_POOL -> new AveragePool(window(m, "kernel"), stride(m));
      case MAX_POOL -> new MaxPool(window(m, "kernel"), stride(m));
      case GROUP_NORM ->
          new GroupNorm(m.whole("groups", 1, LARGEST), (float) m.number("epsilon", EPSILON, 1e-5));
      case LAYER_NORM -> new LayerNorm((float) m.number("epsilon", EPSILON, 1e-5));
      case EMBEDDING ->
          new Embedding(m.whole("vocabulary", 1, LARGEST), m.whole("dimension", 1, LARGEST));
      case FLATTEN -> new Flatten();
      case CLIP -> new Clip((float) m.number("bound", BOUND));
      case RESIDUAL -> new Residual(layers(m, depth - 1));
      case SCATTERING ->
          new Scattering(
              m.whole("scales", 1, 3, 2),
              m.whole("angles", 1, 16, 8),
              m.whole("groups", 0, 1 << 16, 0));
    };
  }

  private static LayerSpec convolution(Members m) throws JobException {
    int kernel = window(m, "kernel");
    int stride = m.whole("stride", 1, LARGEST_WINDOW, 1);
    int padding = m.whole("padding", 0, kernel - 1, 0);
    return new Convolution2d(
        m.whole("channels", 1, LARGEST),
        kernel,
        kernel,
        stride,
        stride,
        padding,
        padding,
        m.flag("bias", true));
  }

  private static int window(Members m, String name) throws JobException {
    return m.whole(name, 1, LARGEST_WINDOW);
  }

  /** Windows side by side, if nothing else is said. */
  private static int stride(Members m) throws JobException {
    return m.whole("stride", 1, LARGEST_WINDOW, window(m, "kernel"));
  }
}
