package io.silenda.infer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import io.silenda.infer.graph.OnnxImportException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxImporterTest {
  @TempDir Path folder;

  private static OnnxBuilder dense() {
    return OnnxBuilder.rows(4).weights("w", 4, 3).node("MatMul", List.of("x", "w"), "y");
  }

  private static Reason reason(OnnxBuilder builder) throws Exception {
    return RuntimeComparison.refusal(builder).reason();
  }

  private OnnxImportException refusalOf(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("bytes.onnx"), bytes);
    return catchThrowableOfType(OnnxImportException.class, () -> OnnxImporter.read(file));
  }

  @Test
  void refusesFilesThatAreNoModels() throws Exception {
    OnnxImportException missing =
        catchThrowableOfType(
            OnnxImportException.class, () -> OnnxImporter.read(folder.resolve("none.onnx")));
    assertThat(missing.reason()).isEqualTo(Reason.MISSING_FILE);
    assertThat(missing).hasMessage("none.onnx: there is no regular file at this path");
    OnnxImportException directory =
        catchThrowableOfType(OnnxImportException.class, () -> OnnxImporter.read(folder));
    assertThat(directory.reason()).isEqualTo(Reason.MISSING_FILE);
    assertThat(refusalOf(new byte[0]).reason()).isEqualTo(Reason.EMPTY);
    assertThat(refusalOf("this is no model".getBytes(StandardCharsets.US_ASCII)).reason())
        .isEqualTo(Reason.TRUNCATED_OR_CORRUPT);
    byte[] model = dense().output("y").build().toByteArray();
    byte[] half = Arrays.copyOf(model, model.length / 2);
    assertThat(refusalOf(half).reason()).isEqualTo(Reason.TRUNCATED_OR_CORRUPT);
  }

  @Test
  void listsAllUnsupportedOperatorsInOneMessage() throws Exception {
    OnnxBuilder builder =
        OnnxBuilder.rows(1, 8, 8)
            .weights("w", 2, 1, 3, 3)
            .node("Conv", List.of("x", "w"), "a")
            .node("MaxPool", List.of("a"), "b", OnnxBuilder.ints("kernel_shape", 2, 2))
            .named("pool")
            .node("Relu", List.of("b"), "c")
            .node("LSTM", List.of("c"), "d")
            .named("memory\nline")
            .nodeOf("com.example", "Fancy", List.of("d"), List.of("e"))
            .node("Flatten", List.of("e"), "f")
            .output("f");
    OnnxImportException refusal = RuntimeComparison.refusal(builder);
    assertThat(refusal.reason()).isEqualTo(Reason.UNSUPPORTED_OPERATORS);
    assertThat(refusal)
        .hasMessage(
            "model.onnx: cannot run on encrypted data:"
                + " MaxPool \"pool\" (use AveragePool or a Conv with stride),"
                + " LSTM \"memory?line\" (use feed-forward layers),"
                + " com.example.Fancy \"Fancy_4\" (no equivalent on encrypted data; use linear layers, polynomials and activations)");
  }

  @Test
  void ignoresNodesThatNoOutputNeeds() throws Exception {
    Graph graph = RuntimeComparison.check(dense().node("Exp", List.of("y"), "unused").output("y"));
    assertThat(graph.nodes()).hasSize(2);
  }

  @Test
  void checksVersions() throws Exception {
    assertThat(reason(dense().output("y").opset(6))).isEqualTo(Reason.UNSUPPORTED_OPSET);
    assertThat(reason(dense().output("y").opset(22))).isEqualTo(Reason.UNSUPPORTED_OPSET);
    assertThat(reason(dense().output("y").irVersion(2))).isEqualTo(Reason.UNSUPPORTED_OPSET);
    assertThat(reason(dense().output("y").importing("", 17).importing("", 18)))
        .isEqualTo(Reason.UNSUPPORTED_OPSET);
    assertThat(reason(dense().output("y").importing("ai.onnx.ml", 9)))
        .isEqualTo(Reason.UNSUPPORTED_OPSET);
    RuntimeComparison.check(dense().output("y").importing("", 17).importing("", 17));
    for (long version : new long[] {7, 13, 21}) {
      RuntimeComparison.check(dense().output("y").opset(version));
    }
  }

  @Test
  void namesDynamicDimensions() throws Exception {
    OnnxBuilder builder =
        OnnxBuilder.empty()
            .inputOf(
                "x",
                DataType.FLOAT,
                OnnxBuilder.dynamic("batch"),
                OnnxBuilder.size(1),
                OnnxBuilder.dynamic("height"))
            .node("Relu", List.of("x"), "y")
            .output("y");
    OnnxImportException refusal = RuntimeComparison.refusal(builder);
    assertThat(refusal.reason()).isEqualTo(Reason.DYNAMIC_SHAPE);
    assertThat(refusal).hasMessageContaining("dimension 2 (\"height\") of input x");
  }

  @Test
  void refusesInputsOfOtherKinds() throws Exception {
    OnnxBuilder integers =
        OnnxBuilder.empty()
            .inputOf("x", DataType.INT64, OnnxBuilder.dynamic("n"), OnnxBuilder.size(4))
            .node("Relu", List.of("x"), "y")
            .output("y");
    assertThat(reason(integers)).isEqualTo(Reason.UNSUPPORTED_GRAPH);
    OnnxBuilder two = dense().input("z", OnnxBuilder.dynamic("n"), 4).output("y");
    assertThat(RuntimeComparison.refusal(two)).hasMessageContaining("2 inputs");
    OnnxBuilder noRows =
        OnnxBuilder.empty()
            .inputOf("x", DataType.FLOAT, OnnxBuilder.size(4))
            .node("Relu", List.of("x"), "y")
            .output("y");
    assertThat(reason(noRows)).isEqualTo(Reason.DYNAMIC_SHAPE);
    OnnxBuilder huge = OnnxBuilder.rows(5000, 5000).node("Relu", List.of("x"), "y").output("y");
    assertThat(reason(huge)).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void refusesGraphsThatBreakTheRules() throws Exception {
    assertThat(reason(dense().node("Relu", List.of("nowhere"), "z").output("z")))
        .isEqualTo(Reason.INVALID_GRAPH);
    assertThat(reason(dense().node("Relu", List.of("x"), "y").output("y")))
        .isEqualTo(Reason.INVALID_GRAPH);
    assertThat(reason(dense().weights("w", 4, 3).output("y"))).isEqualTo(Reason.INVALID_GRAPH);
    assertThat(reason(dense().output("other"))).isEqualTo(Reason.UNSUPPORTED_GRAPH);
    assertThat(reason(dense().output("w"))).isEqualTo(Reason.UNSUPPORTED_GRAPH);
    assertThat(reason(dense().output("x"))).isEqualTo(Reason.UNSUPPORTED_GRAPH);
    assertThat(reason(dense())).isEqualTo(Reason.TRUNCATED_OR_CORRUPT);
    ModelProto nothing = ModelProto.newBuilder().setIrVersion(8).build();
    assertThat(refusalOf(nothing.toByteArray()).reason()).isEqualTo(Reason.TRUNCATED_OR_CORRUPT);
  }

  @Test
  void refusesWeightsThatAreNotFinite() throws Exception {
    OnnxBuilder builder =
        OnnxBuilder.rows(2)
            .floats("w", new int[] {2, 1}, 1, Double.NaN)
            .node("MatMul", List.of("x", "w"), "y")
            .named("fc")
            .output("y");
    OnnxImportException refusal = RuntimeComparison.refusal(builder);
    assertThat(refusal.reason()).isEqualTo(Reason.NON_FINITE_WEIGHT);
    assertThat(refusal).hasMessageContaining("node fc");
  }

  @Test
  void readsEveryWayToStoreANumber() throws Exception {
    TensorProto.Builder typed = TensorProto.newBuilder().setName("w").addDims(2).addDims(1);
    List<TensorProto> tensors =
        List.of(
            typed.clone().setDataType(1).addFloatData(0.5f).addFloatData(-2).build(),
            typed.clone().setDataType(11).addDoubleData(0.5).addDoubleData(-2).build(),
            typed.clone().setDataType(10).addInt32Data(0x3800).addInt32Data(0xc000).build(),
            typed
                .clone()
                .setDataType(10)
                .setRawData(ByteString.copyFrom(new byte[] {0, 0x38, 0, (byte) 0xc0}))
                .build());
    for (TensorProto tensor : tensors) {
      OnnxBuilder builder =
          OnnxBuilder.rows(2).initializer(tensor).node("MatMul", List.of("x", "w"), "y");
      Path file = builder.output("y").write(folder);
      GraphInterpreter interpreter = new GraphInterpreter(OnnxImporter.read(file));
      assertThat(interpreter.evaluate(new double[] {3, 1})).containsExactly(-0.5);
    }
  }

  @Test
  void comparesTensorSizesWithTheirBytes() throws Exception {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName("w").setDataType(1);
    List<TensorProto> broken =
        List.of(
            tensor.clone().addDims(4).addDims(3).build(),
            tensor.clone().addDims(-4).addDims(-3).build(),
            tensor.clone().addDims(1L << 40).addDims(3).setRawData(ByteString.EMPTY).build(),
            tensor.clone().addDims(1 << 20).addDims(1 << 20).build(),
            tensor.clone().addDims(4).addDims(3).setRawData(bytes(47)).build(),
            tensor.clone().addDims(4).addDims(3).setDataType(16).setRawData(bytes(24)).build(),
            tensor.clone().addDims(4).addDims(3).setDataType(999).setRawData(bytes(24)).build());
    for (TensorProto each : broken) {
      OnnxBuilder builder =
          OnnxBuilder.rows(4).initializer(each).node("MatMul", List.of("x", "w"), "y").output("y");
      assertThat(reason(builder))
          .isIn(Reason.INVALID_GRAPH, Reason.TOO_LARGE, Reason.UNSUPPORTED_GRAPH);
    }
  }

  private static ByteString bytes(int count) {
    return ByteString.copyFrom(new byte[count]);
  }

  @Test
  void boundsWorkThatASmallFileAsksFor() throws Exception {
    OnnxBuilder pooling =
        OnnxBuilder.rows(16, 1000, 1000).node("GlobalAveragePool", List.of("x"), "y");
    for (int i = 0; i < 40; i++) {
      pooling.node("GlobalAveragePool", List.of("x"), "p" + i).output("p" + i);
    }
    assertThat(reason(pooling.output("y"))).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void givesNodesUniqueNames() throws Exception {
    OnnxBuilder builder =
        OnnxBuilder.rows(4)
            .weights("w", 4, 4)
            .node("MatMul", List.of("x", "w"), "a")
            .named("fc")
            .node("Relu", List.of("a"), "b")
            .node("MatMul", List.of("b", "w"), "y")
            .named("fc")
            .output("y");
    Path file = builder.write(folder);
    assertThat(OnnxImporter.read(file).nodes().stream().map(Node::name))
        .containsExactly("x", "fc", "Relu_1", "fc#2");
  }
}
