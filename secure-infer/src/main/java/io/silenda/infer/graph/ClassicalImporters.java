package io.silenda.infer.graph;

import io.silenda.infer.graph.Value.Computed;
import io.silenda.infer.graph.Value.OnClient;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Operators of the domain {@code ai.onnx.ml}. */
final class ClassicalImporters {
  private ClassicalImporters() {}

  static Map<String, NodeImporter> all() {
    Map<String, NodeImporter> importers = new HashMap<>(SvmImporters.all());
    importers.put("LinearClassifier", ClassicalImporters::linearClassifier);
    importers.put("LinearRegressor", ClassicalImporters::linearRegressor);
    importers.put("Scaler", ClassicalImporters::scaler);
    importers.put("Normalizer", ClassicalImporters::normalizer);
    importers.put("ArrayFeatureExtractor", ClassicalImporters::label);
    importers.put("Imputer", ClassicalImporters::imputer);
    importers.put("ZipMap", node -> TailImporters.onClient(node, 0));
    return Map.copyOf(importers);
  }

  /** The tensor of raw scores, which the file itself does not name. */
  static String scoresName(String nodeName) {
    return nodeName + "/scores";
  }

  private static Value linearClassifier(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    if (!node.runsOnClient()) {
      throw new UnsupportedNodeException(
          "supported only as the last operator that computes; use one LogisticRegression for all"
              + " classes, and no operator behind it but ZipMap");
    }
    Computed input = node.materialised(0);
    List<String> labels = labels(node);
    PostTransform transform = postTransform(node);
    Matrix weights = coefficients(node, input.shape());
    int scores = weights.rows();
    if (scores != labels.size() && !(scores == 1 && labels.size() == 2)) {
      throw node.invalid(
          "has " + scores + " rows of coefficients and " + labels.size() + " labels");
    }
    if (scores == 1 && transform == PostTransform.SOFTMAX) {
      throw new UnsupportedNodeException("SOFTMAX needs one row of coefficients for each class");
    }
    Computed core = dense(node, input, weights);
    String coreName = scoresName(node.name());
    TensorShape row = TensorShape.of(labels.size());
    node.setOutput(
        1,
        new OnClient(
            core,
            coreName,
            new ClientTail.LinearClassifier(transform, labels),
            node.outputName(1),
            row));
    return new OnClient(
        core, coreName, new ClientTail.Label(labels), node.outputName(0), TensorShape.of());
  }

  /** Class labels of a classifier, integers in decimal. */
  static List<String> labels(NodeContext node) throws OnnxImportException {
    Optional<List<String>> texts = node.attributes().strings("classlabels_strings");
    Optional<long[]> numbers = node.attributes().integers("classlabels_ints");
    List<String> labels =
        texts.orElseGet(
            () -> Arrays.stream(numbers.orElse(new long[0])).mapToObj(String::valueOf).toList());
    if (labels.isEmpty()) {
      throw node.invalid("has no class labels");
    }
    return labels;
  }

  private static PostTransform postTransform(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    String name = node.attributes().string("post_transform", "NONE").toUpperCase(Locale.ROOT);
    for (PostTransform transform : PostTransform.values()) {
      if (transform.name().equals(name)) {
        return transform;
      }
    }
    throw new UnsupportedNodeException("post_transform must be NONE, LOGISTIC or SOFTMAX");
  }

  private static Matrix coefficients(NodeContext node, TensorShape input)
      throws OnnxImportException {
    double[] values = node.attributes().reals("coefficients").orElse(new double[0]);
    int columns = input.elementCount();
    if (input.rank() != 1 || values.length == 0 || values.length % columns != 0) {
      throw node.invalid("has " + values.length + " coefficients for rows of shape " + input);
    }
    node.builder().charge(values.length);
    return Matrix.adopt(values.length / columns, columns, values);
  }

  private static Computed dense(NodeContext node, Computed input, Matrix weights)
      throws OnnxImportException {
    double[] bias = node.attributes().reals("intercepts").orElse(new double[0]);
    if (bias.length != 0 && bias.length != weights.rows()) {
      throw node.invalid("has " + bias.length + " intercepts, must be " + weights.rows());
    }
    bias = Arrays.copyOf(bias, weights.rows());
    return node.builder()
        .addLinear(
            node.name(), new Operator.Dense(weights, bias), input, TensorShape.of(bias.length));
  }

  private static Value linearRegressor(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    if (postTransform(node) != PostTransform.NONE) {
      throw new UnsupportedNodeException("post_transform must be NONE");
    }
    Computed input = node.materialised(0);
    Matrix weights = coefficients(node, input.shape());
    if (node.attributes().integer("targets", 1) != weights.rows()) {
      throw node.invalid("has coefficients for " + weights.rows() + " targets");
    }
    return dense(node, input, weights);
  }

  private static Value scaler(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    Computed input = node.materialised(0);
    double[] offset = node.attributes().reals("offset").orElse(new double[] {0});
    double[] factor = node.attributes().reals("scale").orElse(new double[] {1});
    int size = Math.max(offset.length, factor.length);
    int elements = input.shape().elementCount();
    if (!fits(offset, elements) || !fits(factor, elements)) {
      throw node.invalid("has offset or scale for another number of features");
    }
    node.builder().charge(2L * size);
    double[] scale = new double[size];
    double[] shift = new double[size];
    for (int i = 0; i < size; i++) {
      scale[i] = factor[factor.length == 1 ? 0 : i];
      shift[i] = -offset[offset.length == 1 ? 0 : i] * scale[i];
    }
    return node.builder().addElementwise(node.name(), input, scale, shift);
  }

  private static boolean fits(double[] values, int elements) {
    return values.length == 1 || values.length == elements;
  }

  private static Value normalizer(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    String norm = node.attributes().string("norm", "MAX");
    for (Norm known : Norm.values()) {
      if (known.name().equals(norm)) {
        return TailImporters.append(node, new ClientTail.Normalize(known));
      }
    }
    throw node.invalid("has norm " + Text.name(norm));
  }

  /** Columns of a computed tensor, as pipelines choose features. */
  private static Value columns(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    Value chosen = RearrangingImporters.gather(node, -1);
    // One index of shape [] still names a column.
    return chosen instanceof Computed computed && computed.shape().rank() == 0
        ? computed.withShape(TensorShape.of(1))
        : chosen;
  }

  /** Rows that are encrypted have no missing values, so that nothing is left to replace. */
  private static Value imputer(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    if (!Double.isNaN(node.attributes().real("replaced_value_float", 0))) {
      throw new UnsupportedNodeException(
          "only missing values (NaN) may be replaced; replace numbers before encryption");
    }
    return node.computed(0);
  }

  /** The label of a class index: which labels there are stays the client's to know. */
  private static Value label(NodeContext node)
      throws OnnxImportException, UnsupportedNodeException {
    if (node.input(0) instanceof Computed) {
      return columns(node);
    }
    OnClient index = TailImporters.onClient(node, 1);
    if (!index.tail().isIndex()) {
      throw new UnsupportedNodeException("supported only on the result of ArgMax; use Gather");
    }
    return index.then(new ClientTail.None(), node.outputName(0), index.shape());
  }
}
