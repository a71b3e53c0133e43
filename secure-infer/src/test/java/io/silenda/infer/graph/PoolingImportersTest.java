package io.silenda.infer.graph;

import static io.silenda.infer.graph.OnnxBuilder.integer;
import static io.silenda.infer.graph.OnnxBuilder.ints;
import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.infer.graph.OnnxImportException.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolingImportersTest {
  private static OnnxBuilder images() {
    return OnnxBuilder.rows(3, 8, 6).output("y");
  }

  @Test
  void importsAveragePooling() throws Exception {
    RuntimeComparison.check(
        images().node("AveragePool", List.of("x"), "y", ints("kernel_shape", 2, 3)));
    RuntimeComparison.check(
        images()
            .node(
                "AveragePool",
                List.of("x"),
                "y",
                ints("kernel_shape", 3, 3),
                ints("strides", 2, 2),
                ints("pads", 1, 1, 1, 1),
                integer("count_include_pad", 1)));
  }

  @Test
  void refusesAveragesWhoseDivisorVaries() throws Exception {
    OnnxBuilder padded =
        images()
            .node(
                "AveragePool",
                List.of("x"),
                "y",
                ints("kernel_shape", 3, 3),
                ints("pads", 1, 1, 1, 1));
    assertThat(RuntimeComparison.refusal(padded))
        .hasMessageContaining("count_include_pad must be 1");
    OnnxBuilder ceil =
        images()
            .node(
                "AveragePool",
                List.of("x"),
                "y",
                ints("kernel_shape", 3, 3),
                integer("ceil_mode", 1));
    assertThat(RuntimeComparison.refusal(ceil)).hasMessageContaining("ceil_mode must be 0");
  }

  @Test
  void importsMeansOverAllPixels() throws Exception {
    RuntimeComparison.check(images().node("GlobalAveragePool", List.of("x"), "y"));
    Graph flat =
        RuntimeComparison.check(
            images()
                .node(
                    "ReduceMean", List.of("x"), "y", ints("axes", -1, 2), integer("keepdims", 0)));
    assertThat(flat.modelInterface().coreShape()).isEqualTo(TensorShape.of(3));
    RuntimeComparison.check(
        images().opset(18).integers("axes", 2, 3).node("ReduceMean", List.of("x", "axes"), "y"));
  }

  @Test
  void refusesMeansOverChannels() throws Exception {
    assertThat(
            RuntimeComparison.refusal(
                    images().node("ReduceMean", List.of("x"), "y", ints("axes", 1)))
                .reason())
        .isEqualTo(Reason.UNSUPPORTED_OPERATORS);
  }

  @Test
  void importsZeroPadding() throws Exception {
    RuntimeComparison.check(
        images().integers("p", 0, 0, 1, 2, 0, 0, 3, 0).node("Pad", List.of("x", "p"), "y"));
    OnnxBuilder channels =
        images().integers("p", 0, 1, 0, 0, 0, 0, 0, 0).node("Pad", List.of("x", "p"), "y");
    assertThat(RuntimeComparison.refusal(channels)).hasMessageContaining("only pixels");
    OnnxBuilder ones =
        images()
            .integers("p", 0, 0, 1, 2, 0, 0, 3, 0)
            .scalar("one", 1)
            .node("Pad", List.of("x", "p", "one"), "y");
    assertThat(RuntimeComparison.refusal(ones)).hasMessageContaining("padding must be zero");
  }
}
