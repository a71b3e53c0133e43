package io.silenda.dp.export;

import io.silenda.dp.network.LayerSpec.Scattering;
import io.silenda.dp.network.TensorShape;
import io.silenda.dp.scattering.FilterBank;
import io.silenda.dp.scattering.Kernel;
import io.silenda.dp.scattering.ScatteringTransform;
import java.util.ArrayList;
import java.util.List;

/**
 * Nodes of a scattering transform: convolutions with fixed kernels, a modulus as the root of a sum
 * of squares. Maps become rows of one channel wherever the same filters go over all of them.
 */
final class ScatteringWriter {
  private final OnnxGraph graph;
  private final Scattering spec;
  private final TensorShape input;
  private final TensorShape output;
  private final FilterBank bank;
  private final String prefix;
  private final List<String> reals = new ArrayList<>();
  private final List<String> imaginaries = new ArrayList<>();
  private final List<String> lows = new ArrayList<>();

  ScatteringWriter(OnnxGraph graph, Scattering spec, TensorShape input, String prefix) {
    this.graph = graph;
    this.spec = spec;
    this.input = input;
    this.prefix = prefix;
    output = spec.outputShape(input);
    bank = FilterBank.of(spec.scales(), spec.angles());
    for (int octave = 0; octave < spec.scales(); octave++) {
      List<Kernel> wavelets = bank.wavelets(octave);
      reals.add(kernels("real" + octave, wavelets.stream().map(Kernel::real).toList()));
      imaginaries.add(
          kernels("imaginary" + octave, wavelets.stream().map(Kernel::imaginary).toList()));
      lows.add(kernels("low" + octave, List.of(bank.lowPass(octave).real())));
    }
  }

  private String kernels(String name, List<float[]> rows) {
    int length = rows.get(0).length;
    int side = (int) Math.sqrt(length);
    float[] all = new float[rows.size() * length];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, all, i * length, length);
    }
    return graph.floats(prefix + name, List.of(rows.size(), 1, side, side), all);
  }

  /** The features of the tensor {@code x}. */
  String write(String x) {
    String image = maps(x, 0);
    List<String> paths = new ArrayList<>();
    List<String> pairs = new ArrayList<>();
    paths.add(low(image, 0, 1));
    for (int octave = 0; octave < spec.scales(); octave++) {
      String first = maps(modulus(image, octave), octave);
      paths.add(low(first, octave, spec.angles()));
      for (int higher = octave + 1; higher < spec.scales(); higher++) {
        String second = maps(modulus(first, higher - octave), higher);
        pairs.add(low(second, higher, spec.angles() * spec.angles()));
      }
    }
    paths.addAll(pairs);
    String all = graph.add("Concat", paths, OnnxGraph.integer("axis", 1));
    String features =
        graph.add(
            "Reshape",
            List.of(
                all,
                graph.integers(
                    prefix + "features", -1, output.size(0), output.size(1), output.size(2))));
    return spec.groups() == 0
        ? features
        : GroupNormaliser.write(
            graph, output, spec.groups(), ScatteringTransform.EPSILON, features, prefix);
  }

  /** Maps at a resolution, each a row of its own. */
  private String maps(String x, int resolution) {
    return reshaped(x, 1, input.size(1) >> resolution, input.size(2) >> resolution);
  }

  private String reshaped(String x, long channels, long height, long width) {
    String name = prefix + "maps" + channels + "x" + height + "x" + width + "_" + x;
    return graph.add("Reshape", List.of(x, graph.integers(name, -1, channels, height, width)));
  }

  private String modulus(String maps, int octave) {
    int radius = bank.wavelets(octave).get(0).radius();
    String real = convolution(maps, reals.get(octave), radius, 1 << octave);
    String imaginary = convolution(maps, imaginaries.get(octave), radius, 1 << octave);
    return graph.add(
        "Sqrt",
        List.of(
            graph.add(
                "Add",
                List.of(
                    graph.add("Mul", List.of(real, real)),
                    graph.add("Mul", List.of(imaginary, imaginary))))));
  }

  /** Averages of maps at a resolution; {@code count} of them belong to one channel of a row. */
  private String low(String maps, int resolution, int count) {
    String smooth =
        convolution(
            maps,
            lows.get(resolution),
            bank.lowPass(resolution).radius(),
            1 << (spec.scales() - resolution));
    return reshaped(smooth, count, output.size(1), output.size(2));
  }

  private String convolution(String x, String kernels, int radius, int stride) {
    int side = 2 * radius + 1;
    return graph.add(
        "Conv",
        List.of(x, kernels),
        OnnxGraph.integers("kernel_shape", List.of(side, side)),
        OnnxGraph.integers("strides", List.of(stride, stride)),
        OnnxGraph.integers("pads", List.of(radius, radius, radius, radius)));
  }
}
