package io.silenda.dp.export;

import io.silenda.dp.network.TensorShape;
import java.util.Arrays;
import java.util.List;

/** Groups of channels as channels of an instance normalisation: mean 0, variance 1, no scale. */
final class GroupNormaliser {
  private GroupNormaliser() {}

  /** Nodes behind the tensor {@code x}, whose rows have the shape {@code in}. */
  static String write(
      OnnxGraph graph, TensorShape in, int groups, float epsilon, String x, String prefix) {
    float[] ones = new float[groups];
    Arrays.fill(ones, 1);
    String grouped =
        graph.add("Reshape", List.of(x, graph.integers(prefix + "groups", 0, groups, -1)));
    String normalised =
        graph.add(
            "InstanceNormalization",
            List.of(
                grouped,
                graph.floats(prefix + "one", List.of(groups), ones),
                graph.floats(prefix + "zero", List.of(groups), new float[groups])),
            OnnxGraph.real("epsilon", epsilon));
    return graph.add("Reshape", List.of(normalised, rowShape(graph, in, prefix)));
  }

  private static String rowShape(OnnxGraph graph, TensorShape in, String prefix) {
    long[] sizes = new long[in.rank() + 1];
    for (int i = 0; i < in.rank(); i++) {
      sizes[i + 1] = in.size(i);
    }
    return graph.integers(prefix + "shape", sizes);
  }
}
