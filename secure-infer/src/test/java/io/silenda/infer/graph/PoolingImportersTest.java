package io.silenda.infer.graph;

import static io.silenda.infer.graph.OnnxBuilder.integer;
import static io.silenda.infer.graph.OnnxBuilder.ints;
import static org.assertj.core.api.Assertions.assertThat;

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
  void importsAveragesWhoseDivisorVaries() throws Exception {
    for (int ceiling = 0; ceiling < 2; ceiling++) {
      for (int counting = 0; counting < 2; counting++) {
        for (long stride : new long[] {1, 2, 3}) {
          RuntimeComparison.check(
              images()
                  .opset(19)
                  .node(
                      "AveragePool",
                      List.of("x"),
                      "y",
                      ints("kernel_shape", 3, 3),
                      ints("strides", stride, stride),
                      ints("pads", 1, 0, 1, 1),
                      integer("count_include_pad", counting),
                      integer("ceil_mode", ceiling)));
        }
      }
    }
    RuntimeComparison.check(
        images()
            .node(
                "AveragePool",
                List.of("x"),
                "y",
                ints("kernel_shape", 3, 3),
                ints("strides", 2, 2),
                OnnxBuilder.text("auto_pad", "SAME_UPPER")));
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
  void reducesAnyAxesOfARow() throws Exception {
    for (String type : List.of("ReduceMean", "ReduceSum")) {
      for (long[] axes : new long[][] {{1}, {3}, {1, 2}, {-1, 1}, {1, 2, 3}}) {
        for (int keep = 0; keep < 2; keep++) {
          RuntimeComparison.check(
              images()
                  .opset(18)
                  .integers("axes", axes)
                  .node(type, List.of("x", "axes"), "y", integer("keepdims", keep)));
        }
      }
    }
    RuntimeComparison.check(
        images().opset(11).node("ReduceSum", List.of("x"), "y", ints("axes", 2)));
  }

  @Test
  void refusesToReduceRows() throws Exception {
    OnnxBuilder rows = images().node("ReduceMean", List.of("x"), "y", ints("axes", 0, 1));
    assertThat(RuntimeComparison.refusal(rows)).hasMessageContaining("not within a row");
    OnnxBuilder all = images().node("ReduceMean", List.of("x"), "y");
    assertThat(RuntimeComparison.refusal(all)).hasMessageContaining("name the axes");
  }

  @Test
  void importsZeroPadding() throws Exception {
    RuntimeComparison.check(
        images().integers("p", 0, 0, 1, 2, 0, 0, 3, 0).node("Pad", List.of("x", "p"), "y"));
  }

  @Test
  void padsAnyAxisOfARow() throws Exception {
    for (String mode : List.of("constant", "reflect", "edge")) {
      for (long[] pads :
          new long[][] {
            {0, 1, 0, 0, 0, 1, 0, 0}, {0, 0, 1, 2, 0, 1, 0, 1}, {0, 0, -1, 1, 0, 0, 2, -1}
          }) {
        RuntimeComparison.check(
            images()
                .integers("p", pads)
                .scalar("filling", 0.7)
                .node("Pad", List.of("x", "p", "filling"), "y", OnnxBuilder.text("mode", mode)));
      }
    }
    RuntimeComparison.check(
        images()
            .opset(18)
            .integers("p", 1, 2)
            .integers("axes", -1)
            .node("Pad", List.of("x", "p", "", "axes"), "y"));
  }

  @Test
  void refusesPadsOfRowsAndUnknownModes() throws Exception {
    OnnxBuilder rows =
        images().integers("p", 1, 0, 0, 0, 0, 0, 0, 0).node("Pad", List.of("x", "p"), "y");
    assertThat(RuntimeComparison.refusal(rows)).hasMessageContaining("not within a row");
    OnnxBuilder wrap =
        images()
            .integers("p", 0, 0, 1, 0, 0, 0, 0, 0)
            .node("Pad", List.of("x", "p"), "y", OnnxBuilder.text("mode", "wrap"));
    assertThat(RuntimeComparison.refusal(wrap)).hasMessageContaining("use constant, reflect");
  }

  @Test
  void refusesMaximaAndNamesAverages() throws Exception {
    OnnxBuilder pool = images().node("MaxPool", List.of("x"), "y", ints("kernel_shape", 2, 2));
    assertThat(RuntimeComparison.refusal(pool)).hasMessageContaining("use AveragePool");
    OnnxBuilder global = images().node("GlobalMaxPool", List.of("x"), "y");
    assertThat(RuntimeComparison.refusal(global)).hasMessageContaining("use GlobalAveragePool");
  }
}
