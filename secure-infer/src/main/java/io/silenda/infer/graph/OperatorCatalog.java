package io.silenda.infer.graph;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which operators are supported, by domain and type, and what to use instead of others. */
final class OperatorCatalog {
  static final String CLASSICAL_DOMAIN = "ai.onnx.ml";
  static final String RUNTIME_DOMAIN = "com.microsoft";

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
          "TopK",
          "ArrayFeatureExtractor",
          "ZipMap");

  private static final String TREES =
      "a comparison in every node is too deep; use a linear model or a small network";
  private static final String SAVED_TOO_OPTIMISED =
      "made for one processor; save the model with the optimisation level extended or lower";

  private static final Map<String, String> HINTS =
      Map.ofEntries(
          Map.entry("MaxPool", "use AveragePool or a Conv with stride"),
          Map.entry("LpPool", "use AveragePool"),
          Map.entry("ReduceMax", "use ReduceMean"),
          Map.entry("ReduceMin", "use ReduceMean"),
          Map.entry("ReduceL2", "use ReduceMean of x*x"),
          Map.entry("Attention", "use layers with constant weights"),
          Map.entry("Einsum", "use MatMul or Gemm"),
          Map.entry("Greater", "use an activation such as Relu"),
          Map.entry("Less", "use an activation such as Relu"),
          Map.entry("GreaterOrEqual", "use an activation such as Relu"),
          Map.entry("LessOrEqual", "use an activation such as Relu"),
          Map.entry("Binarizer", "a comparison; use the feature itself"),
          Map.entry("LpNormalization", "normalise the answer after decryption"),
          Map.entry("ReduceLogSumExp", "leave it to the client: export the scores before it"),
          Map.entry("ReorderInput", SAVED_TOO_OPTIMISED),
          Map.entry("ReorderOutput", SAVED_TOO_OPTIMISED),
          Map.entry("GlobalMaxPool", "use GlobalAveragePool"),
          Map.entry("Log", "use Softplus or a polynomial"),
          Map.entry("Sqrt", "use a polynomial"),
          Map.entry("Reciprocal", "use a polynomial"),
          Map.entry("LayerNormalization", "use BatchNormalization, which is folded"),
          Map.entry("InstanceNormalization", "use BatchNormalization, which is folded"),
          Map.entry("GroupNormalization", "use BatchNormalization, which is folded"),
          Map.entry("LRN", "use BatchNormalization, which is folded"),
          Map.entry("LSTM", "use feed-forward layers"),
          Map.entry("GRU", "use feed-forward layers"),
          Map.entry("RNN", "use feed-forward layers"),
          Map.entry("If", "export the model without control flow"),
          Map.entry("Loop", "export the model without control flow"),
          Map.entry("Scan", "export the model without control flow"),
          Map.entry("QuantizeLinear", "export the model in float32"),
          Map.entry("DequantizeLinear", "export the model in float32"),
          Map.entry("QLinearConv", "export the model in float32"),
          Map.entry("TreeEnsembleClassifier", TREES),
          Map.entry("TreeEnsembleRegressor", TREES));

  private static final Map<String, NodeImporter> DEFAULT_DOMAIN = defaultDomain();
  private static final Map<String, NodeImporter> CLASSICAL = ClassicalImporters.all();
  private static final Map<String, NodeImporter> FUSED = FusedImporters.all();

  private OperatorCatalog() {}

  private static Map<String, NodeImporter> defaultDomain() {
    Map<String, NodeImporter> importers = new HashMap<>();
    importers.putAll(LinearImporters.all());
    importers.putAll(MatrixImporters.all());
    importers.putAll(PoolingImporters.all());
    importers.putAll(ReductionImporters.all());
    importers.putAll(ElementwiseImporters.all());
    importers.putAll(ActivationImporters.all());
    importers.putAll(ExtremumImporters.all());
    importers.put("Split", RearrangingImporters::split);
    importers.putAll(ShapeImporters.all());
    importers.putAll(ConstantImporters.all());
    importers.putAll(ConstantFills.all());
    importers.putAll(BlockImporters.all());
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
    return switch (domain) {
      case CLASSICAL_DOMAIN -> Optional.ofNullable(CLASSICAL.get(type));
      case RUNTIME_DOMAIN -> Optional.ofNullable(FUSED.get(type));
      default -> Optional.empty();
    };
  }

  static boolean canRunOnClient(String type) {
    return CLIENT_OPERATORS.contains(type);
  }

  static String hint(String type) {
    return HINTS.getOrDefault(
        type, "no equivalent on encrypted data; use linear layers, polynomials and activations");
  }
}
