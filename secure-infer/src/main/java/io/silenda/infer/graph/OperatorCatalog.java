package io.silenda.infer.graph;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which operators are supported, by domain and type, and what to use instead of others. */
final class OperatorCatalog {
  static final String CLASSICAL_DOMAIN = "ai.onnx.ml";

  /** Operators that can run on the client after decryption, or pass on what it computed. */
  private static final Set<String> CLIENT_OPERATORS =
      Set.of(
          "Sigmoid",
          "Softmax",
          "LogSoftmax",
          "ArgMax",
          "Identity",
          "Cast",
          "Flatten",
          "Reshape",
          "Squeeze",
          "Unsqueeze",
          "Dropout",
          "Transpose",
          "LinearClassifier",
          "Normalizer",
          "ZipMap");

  private static final Map<String, String> HINTS =
      Map.ofEntries(
          Map.entry("MaxPool", "use AveragePool or a Conv with stride"),
          Map.entry("GlobalMaxPool", "use GlobalAveragePool"),
          Map.entry("Max", "use an activation such as Relu"),
          Map.entry("Min", "use an activation such as Clip"),
          Map.entry("Abs", "use a polynomial such as x*x"),
          Map.entry("Exp", "use Sigmoid, Softplus or a polynomial"),
          Map.entry("Log", "use Softplus or a polynomial"),
          Map.entry("Sqrt", "use a polynomial"),
          Map.entry("Reciprocal", "use a polynomial"),
          Map.entry("LayerNormalization", "use BatchNormalization, which is folded"),
          Map.entry("InstanceNormalization", "use BatchNormalization, which is folded"),
          Map.entry("GroupNormalization", "use BatchNormalization, which is folded"),
          Map.entry("LRN", "use BatchNormalization, which is folded"),
          Map.entry("ConvTranspose", "use Conv"),
          Map.entry("LSTM", "use feed-forward layers"),
          Map.entry("GRU", "use feed-forward layers"),
          Map.entry("RNN", "use feed-forward layers"),
          Map.entry("If", "export the model without control flow"),
          Map.entry("Loop", "export the model without control flow"),
          Map.entry("Scan", "export the model without control flow"),
          Map.entry("QuantizeLinear", "export the model in float32"),
          Map.entry("DequantizeLinear", "export the model in float32"),
          Map.entry("QLinearConv", "export the model in float32"),
          Map.entry("TreeEnsembleClassifier", "use a linear model or a small network"),
          Map.entry("TreeEnsembleRegressor", "use a linear model or a small network"));

  private static final Map<String, NodeImporter> DEFAULT_DOMAIN = defaultDomain();
  private static final Map<String, NodeImporter> CLASSICAL = ClassicalImporters.all();

  private OperatorCatalog() {}

  private static Map<String, NodeImporter> defaultDomain() {
    Map<String, NodeImporter> importers = new HashMap<>();
    importers.putAll(LinearImporters.all());
    importers.putAll(PoolingImporters.all());
    importers.putAll(ElementwiseImporters.all());
    importers.putAll(ActivationImporters.all());
    importers.putAll(ShapeImporters.all());
    importers.putAll(ConstantImporters.all());
    importers.putAll(TailImporters.all());
    return Map.copyOf(importers);
  }

  static boolean isDefaultDomain(String domain) {
    return domain.isEmpty() || domain.equals("ai.onnx");
  }

  static Optional<NodeImporter> find(String domain, String type) {
    if (isDefaultDomain(domain)) {
      return Optional.ofNullable(DEFAULT_DOMAIN.get(type));
    }
    return domain.equals(CLASSICAL_DOMAIN)
        ? Optional.ofNullable(CLASSICAL.get(type))
        : Optional.empty();
  }

  static boolean canRunOnClient(String type) {
    return CLIENT_OPERATORS.contains(type);
  }

  static String hint(String type) {
    return HINTS.getOrDefault(type, "no equivalent on encrypted data");
  }
}
