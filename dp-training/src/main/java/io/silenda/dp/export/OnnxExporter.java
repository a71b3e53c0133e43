package io.silenda.dp.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import io.silenda.dp.data.Scaling;
import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.network.TensorShape;
import io.silenda.dp.network.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a network as an ONNX model (IR 8, operator set 17) of ordinary operators, with a free
 * batch axis. The input is {@code input}, the answer {@code logits}, before any softmax.
 *
 * <p>A scaling becomes the model's first two operators, so that it takes rows as they are in the
 * files. It does not cut values to their ranges: rows outside them are the caller's matter.
 */
public final class OnnxExporter {
  private static final int IR_VERSION = 8;
  private static final int OPERATOR_SET = 17;

  private OnnxExporter() {}

  /**
   * The model's bytes.
   *
   * @param scaling what was applied to the rows before training
   * @param metadata texts for whoever reads the model, such as its guarantee
   */
  public static byte[] export(
      NetworkSpec network,
      Weights weights,
      Optional<Scaling> scaling,
      Map<String, String> metadata) {
    OnnxGraph graph = new OnnxGraph();
    TensorShape input = network.input();
    String x = scaling.map(each -> scaled(graph, each, input)).orElse("input");
    String last = new LayerWriter(graph, weights).chain(network.layers(), input, x, "");
    GraphProto built =
        graph.build(
            OnnxGraph.tensor("input", input.sizes()),
            last,
            OnnxGraph.tensor("logits", network.output().sizes()));
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("silenda")
            .setGraph(built)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET));
    metadata.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry ->
                model.addMetadataProps(
                    StringStringEntryProto.newBuilder()
                        .setKey(entry.getKey())
                        .setValue(entry.getValue())));
    return model.build().toByteArray();
  }

  private static String scaled(OnnxGraph graph, Scaling scaling, TensorShape input) {
    float[] minimums = scaling.minimums();
    float[] factors = scaling.maximums();
    boolean uniform = true;
    for (int i = 0; i < factors.length; i++) {
      factors[i] = 1 / (factors[i] - minimums[i]);
      uniform &= factors[i] == factors[0] && minimums[i] == minimums[0];
    }
    List<Integer> shape = uniform ? List.of() : input.sizes();
    int count = uniform ? 1 : factors.length;
    String shifted =
        graph.add(
            "Sub",
            List.of("input", graph.floats("minimum", shape, Arrays.copyOf(minimums, count))));
    return graph.add(
        "Mul",
        List.of(shifted, graph.floats("inverse_range", shape, Arrays.copyOf(factors, count))));
  }
}
