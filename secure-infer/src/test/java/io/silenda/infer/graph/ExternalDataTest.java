package io.silenda.infer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.silenda.infer.graph.OnnxImportException.Reason;
import io.silenda.infer.plain.PlainModel;
import io.silenda.infer.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalDataTest {
  @TempDir Path root;
  private Path folder;

  @BeforeEach
  void writeWeights() throws IOException {
    folder = Files.createDirectories(root.resolve("model"));
    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putFloat(9).putFloat(9).putFloat(0.5f).putFloat(-2);
    Files.createDirectories(folder.resolve("data"));
    Files.write(folder.resolve("data/weights.bin"), bytes.array());
    Files.write(root.resolve("outside.bin"), bytes.array());
  }

  private Path model(String... keysAndValues) throws IOException {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(1)
            .addDims(2)
            .addDims(1)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      tensor.addExternalData(
          StringStringEntryProto.newBuilder()
              .setKey(keysAndValues[i])
              .setValue(keysAndValues[i + 1]));
    }
    return OnnxBuilder.rows(2)
        .initializer(tensor.build())
        .node("MatMul", List.of("x", "w"), "y")
        .output("y")
        .write(folder);
  }

  private Reason reason(String... keysAndValues) throws IOException {
    Path file = model(keysAndValues);
    OnnxImportException refusal =
        catchThrowableOfType(OnnxImportException.class, () -> OnnxImporter.read(file));
    assertThat(refusal).hasMessageStartingWith("model.onnx: ");
    return refusal.reason();
  }

  @Test
  void readsWeightsInsideTheFolder() throws Exception {
    Path file = model("location", "data/weights.bin", "offset", "8", "length", "8");
    Graph graph = OnnxImporter.read(file);
    assertThat(new GraphInterpreter(graph).evaluate(new double[] {3, 1})).containsExactly(-0.5);
    try (PlainModel plain = PlainModel.open(file, graph)) {
      Tensor row = Tensor.of(new int[] {1, 2}, new float[] {3, 1});
      assertThat(plain.run(row).coreTensor().values()).containsExactly(-0.5f);
    }
  }

  @Test
  void refusesPlacesOutsideTheFolder() throws Exception {
    Path outside = root.resolve("outside.bin");
    Files.createSymbolicLink(folder.resolve("link.bin"), outside);
    Files.createSymbolicLink(folder.resolve("up"), root);
    for (String location :
        List.of(
            "../outside.bin",
            "data/../../outside.bin",
            "data/../data/weights.bin",
            outside.toString(),
            "link.bin",
            "up/outside.bin",
            "bad\0name",
            "")) {
      assertThat(reason("location", location))
          .as(location)
          .isEqualTo(Reason.EXTERNAL_DATA_OUTSIDE_FOLDER);
    }
    assertThat(reason()).isEqualTo(Reason.EXTERNAL_DATA_OUTSIDE_FOLDER);
  }

  @Test
  void refusesMissingAndShortFiles() throws Exception {
    assertThat(reason("location", "none.bin")).isEqualTo(Reason.EXTERNAL_DATA_MISSING);
    assertThat(reason("location", "data")).isEqualTo(Reason.EXTERNAL_DATA_MISSING);
    assertThat(reason("location", "data/weights.bin", "offset", "9"))
        .isEqualTo(Reason.EXTERNAL_DATA_TRUNCATED);
    assertThat(reason("location", "data/weights.bin", "offset", "999999999999999999"))
        .isEqualTo(Reason.EXTERNAL_DATA_TRUNCATED);
    assertThat(reason("location", "data/weights.bin", "length", "4"))
        .isEqualTo(Reason.EXTERNAL_DATA_TRUNCATED);
    assertThat(reason("location", "data/weights.bin", "offset", "-1"))
        .isEqualTo(Reason.INVALID_GRAPH);
    assertThat(reason("location", "data/weights.bin", "length", "many"))
        .isEqualTo(Reason.INVALID_GRAPH);
  }
}
