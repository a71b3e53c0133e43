package io.silenda.infer.graph;

import io.silenda.infer.graph.Value.Computed;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Nodes that apply one function to each element. */
final class ActivationImporters {
  // Defaults of the ONNX operator specification, as the float32 numbers that it states.
  private static final float LEAKY_SLOPE = 0.01f;
  private static final float SELU_ALPHA = 1.6732632f;
  private static final float SELU_GAMMA = 1.050701f;

  private ActivationImporters() {}

  static Map<String, NodeImporter> all() {
    Map<String, NodeImporter> importers = new HashMap<>();
    importers.put("Relu", plain(ActivationKind.RELU));
    importers.put("Tanh", plain(ActivationKind.TANH));
    importers.put("Erf", plain(ActivationKind.ERF));
    importers.put("Softplus", plain(ActivationKind.SOFTPLUS));
    importers.put("Softsign", plain(ActivationKind.SOFTSIGN));
    importers.put("HardSwish", plain(ActivationKind.HARD_SWISH));
    importers.put("Mish", plain(ActivationKind.MISH));
    importers.put("Exp", plain(ActivationKind.EXP));
    importers.put("Sin", plain(ActivationKind.SIN));
    importers.put("Cos", plain(ActivationKind.COS));
    importers.put("Abs", plain(ActivationKind.ABS));
    importers.put("Sign", plain(ActivationKind.SIGN));
    importers.put("ThresholdedRelu", alpha(ActivationKind.THRESHOLDED_RELU, 1));
    importers.put("Celu", ActivationImporters::celu);
    importers.put("Sigmoid", ActivationImporters::sigmoid);
    importers.put("LeakyRelu", alpha(ActivationKind.LEAKY_RELU, LEAKY_SLOPE));
    importers.put("Elu", alpha(ActivationKind.ELU, 1));
    importers.put("Selu", ActivationImporters::selu);
    importers.put("HardSigmoid", ActivationImporters::hardSigmoid);
    importers.put("PRelu", ActivationImporters::parametricRelu);
    importers.put("Clip", ActivationImporters::clip);
    importers.put("Gelu", ActivationImporters::gelu);
    return importers;
  }

  private static NodeImporter plain(ActivationKind kind) {
    return node -> apply(node, new Operator.Activation(kind));
  }

  private static NodeImporter alpha(ActivationKind kind, float absent) {
    return node ->
        apply(node, new Operator.Activation(kind, node.attributes().real("alpha", absent), 0));
  }

  /** A function of the first input, still pending. */
  static Value apply(NodeContext node, Operator.Activation function)
      throws OnnxImportException, UnsupportedNodeException {
    Computed value = ElementwiseImporters.withRoom(node, 0);
    return value.withFunction(new Expression.Apply(function, value.function()), node.name());
  }

  private static Value sigmoid(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    return node.runsOnClient()
        ? TailImporters.append(node, new ClientTail.Sigmoid())
        : apply(node, new Operator.Activation(ActivationKind.SIGMOID));
  }

  private static Value selu(NodeContext node) throws OnnxImportException, UnsupportedNodeException {
    double alpha = node.attributes().real("alpha", SELU_ALPHA);
    double gamma = node.attributes().real("gamma", SELU_GAMMA);
    return apply(node, new Operator.Activation(ActivationKind.SELU, alpha, gamma));
  }

  private static Value hardSigmoid(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    double alpha = node.attributes().real("alpha", 0.2f);
    double beta = node.attributes().real("beta", 0.5);
    return apply(node, new Operator.Activation(ActivationKind.HARD_SIGMOID, alpha, beta));
  }

  /** {@code alpha · elu(x / alpha)}. */
  private static Value celu(NodeContext node) throws OnnxImportException, UnsupportedNodeException {
    double alpha = node.attributes().real("alpha", 1);
    if (!(alpha > 0)) {
      throw new UnsupportedNodeException("alpha must be positive; use Elu");
    }
    Computed value = ElementwiseImporters.withRoom(node, 0);
    Expression argument = value.function().affine(1 / alpha, 0);
    Operator.Activation elu = new Operator.Activation(ActivationKind.ELU, 1, 0);
    return value.withFunction(new Expression.Apply(elu, argument).affine(alpha, 0), node.name());
  }

  /** One slope is a LeakyRelu; with more, {@code slope · x + (1 - slope) · relu(x)}. */
  private static Value parametricRelu(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    ConstantTensor slope = node.constant(1, "the slope");
    if (slope.isScalar()) {
      return apply(node, new Operator.Activation(ActivationKind.LEAKY_RELU, slope.real(0), 0));
    }
    Computed value = node.materialised(0);
    GraphBuilder builder = node.builder();
    double[] slopes = Broadcast.toRow(node, slope, value.shape());
    double[] rest = Arrays.stream(slopes).map(each -> 1 - each).toArray();
    double[] zeros = new double[slopes.length];
    Operator.Activation relu = new Operator.Activation(ActivationKind.RELU);
    Computed positive = builder.addActivation(node.name(), relu, value);
    return builder.addSum(
        node.name(),
        builder.addElementwise(node.name(), value, slopes, zeros),
        builder.addElementwise(node.name(), positive, rest, zeros));
  }

  private static Value clip(NodeContext node) throws OnnxImportException, UnsupportedNodeException {
    double lower = bound(node, 1, "min", Double.NEGATIVE_INFINITY);
    double upper = bound(node, 2, "max", Double.POSITIVE_INFINITY);
    if (lower == Double.NEGATIVE_INFINITY && upper == Double.POSITIVE_INFINITY) {
      return node.computed(0);
    }
    boolean relu = lower == 0 && upper == Double.POSITIVE_INFINITY;
    return apply(
        node,
        relu
            ? new Operator.Activation(ActivationKind.RELU)
            : new Operator.Activation(ActivationKind.CLIP, lower, upper));
  }

  /** A bound, an attribute before operator set 11 and an input since; float32's ends are none. */
  private static double bound(NodeContext node, int input, String attribute, double absent)
      throws OnnxImportException, UnsupportedNodeException {
    double bound = node.attributes().real(attribute, absent);
    if (node.hasInput(input)) {
      ConstantTensor constant = node.constant(input, attribute);
      if (!constant.isScalar()) {
        throw node.invalid("has a bound of shape " + constant.describe());
      }
      bound = constant.real(0);
    }
    return Math.abs(bound) >= Float.MAX_VALUE
        ? Math.signum(bound) * Double.POSITIVE_INFINITY
        : bound;
  }

  private static Value gelu(NodeContext node) throws OnnxImportException, UnsupportedNodeException {
    String approximate = node.attributes().string("approximate", "none");
    return apply(
        node,
        new Operator.Activation(
            approximate.equals("tanh") ? ActivationKind.GELU_TANH : ActivationKind.GELU));
  }
}
