package io.silenda.infer.graph;

import io.silenda.infer.graph.Value.Computed;
import java.util.Map;
import java.util.Optional;

/** Conv, ConvTranspose and BatchNormalization. */
final class LinearImporters {
  private LinearImporters() {}

  static Map<String, NodeImporter> all() {
    return Map.of(
        "Conv", LinearImporters::convolution,
        "ConvTranspose", TransposedConvolutionImporter::convolution,
        "BatchNormalization", LinearImporters::batchNormalization);
  }

  static Computed convolution(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    Computed input = node.materialised(0);
    ConstantTensor weights = node.constant(1, "the kernel");
    Optional<ConstantTensor> bias = node.optionalConstant(2, "the bias");
    int rank = input.shape().rank();
    Window.Image image = Window.Image.of(input.shape());
    if (weights.rank() != rank + 1 || weights.size() == 0) {
      throw node.invalid("has a kernel of shape " + weights.describe());
    }
    boolean signal = rank == 2;
    int[] kernel = {signal ? 1 : weights.dimension(2), weights.dimension(rank)};
    Window window = Window.of(node, input.shape(), kernel);
    requireSameKernel(node, kernel, signal);
    int groups = groups(node, image.channels(), weights);
    int outChannels = weights.dimension(0);
    if (bias.isPresent() && bias.get().size() != outChannels) {
      throw node.invalid("has a bias of shape " + bias.get().describe());
    }
    ConvolutionGeometry geometry = window.geometry(node, outChannels, groups);
    node.builder().charge(weights.size() + outChannels);
    return node.builder()
        .addLinear(
            node.name(),
            new Operator.Convolution(
                geometry,
                weights.toReals(),
                bias.map(ConstantTensor::toReals).orElseGet(() -> new double[outChannels])),
            input,
            window.outputShape(geometry));
  }

  private static void requireSameKernel(NodeContext node, int[] kernel, boolean signal)
      throws OnnxImportException {
    if (node.attributes().has("kernel_shape")) {
      int[] claimed = Window.sizes(node, "kernel_shape", signal, 1);
      if (claimed[0] != kernel[0] || claimed[1] != kernel[1]) {
        throw node.invalid("has a kernel_shape other than that of its weights");
      }
    }
  }

  private static int groups(NodeContext node, int channels, ConstantTensor weights)
      throws OnnxImportException {
    long groups = node.attributes().integer("group", 1);
    if (groups < 1
        || groups > channels
        || channels % groups != 0
        || weights.dimension(0) % groups != 0
        || weights.dimension(1) != channels / groups) {
      throw node.invalid(
          "has "
              + channels
              + " input channels, group "
              + groups
              + " and a kernel of shape "
              + weights.describe());
    }
    return (int) groups;
  }

  private static Value batchNormalization(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    Computed input = node.materialised(0);
    if (node.attributes().integer("training_mode", 0) != 0) {
      throw new UnsupportedNodeException("export the model in inference mode");
    }
    int channels = input.shape().rank() == 0 ? 1 : input.shape().dimension(0);
    ConstantTensor[] parameters = new ConstantTensor[4];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = node.constant(i + 1, "every parameter");
      if (parameters[i].size() != channels) {
        throw node.invalid("has parameters of shape " + parameters[i].describe());
      }
    }
    double epsilon = node.attributes().real("epsilon", 1e-5f);
    node.builder().charge(2L * channels);
    double[] scale = new double[channels];
    double[] shift = new double[channels];
    for (int c = 0; c < channels; c++) {
      scale[c] = parameters[0].real(c) / Math.sqrt(parameters[3].real(c) + epsilon);
      shift[c] = parameters[1].real(c) - scale[c] * parameters[2].real(c);
    }
    return node.builder().addElementwise(node.name(), input, scale, shift);
  }
}
