package io.silenda.infer.graph;

import static io.silenda.infer.graph.OnnxBuilder.integer;
import static io.silenda.infer.graph.OnnxBuilder.ints;
import static io.silenda.infer.graph.OnnxBuilder.real;
import static io.silenda.infer.graph.OnnxBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.silenda.infer.graph.OnnxImportException.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinearImportersTest {
  private static OnnxBuilder conv(int[] row, int[] kernel, AttributeProto... attributes) {
    return OnnxBuilder.rows(row)
        .weights("w", kernel)
        .weights("b", kernel[0])
        .node("Conv", List.of("x", "w", "b"), "y", attributes)
        .output("y");
  }

  @Test
  void importsConvolutionsOfEveryGeometry() throws Exception {
    int[] row = {4, 9, 7};
    RuntimeComparison.check(conv(row, new int[] {3, 4, 3, 2}));
    RuntimeComparison.check(conv(row, new int[] {3, 4, 3, 2}, ints("strides", 2, 3)));
    RuntimeComparison.check(
        conv(row, new int[] {3, 4, 3, 3}, ints("pads", 1, 2, 0, 1), ints("strides", 2, 2)));
    RuntimeComparison.check(
        conv(row, new int[] {3, 4, 3, 2}, ints("dilations", 2, 3), ints("pads", 2, 1, 2, 1)));
    RuntimeComparison.check(conv(row, new int[] {6, 2, 3, 3}, integer("group", 2)));
    RuntimeComparison.check(conv(row, new int[] {4, 1, 3, 3}, integer("group", 4)));
  }

  @Test
  void importsAutomaticPadding() throws Exception {
    for (String mode : List.of("SAME_UPPER", "SAME_LOWER", "VALID", "NOTSET")) {
      RuntimeComparison.check(
          conv(
              new int[] {2, 8, 7},
              new int[] {3, 2, 4, 3},
              text("auto_pad", mode),
              ints("strides", 3, 2)));
    }
  }

  @Test
  void importsOneDimensionalConvolutions() throws Exception {
    RuntimeComparison.check(
        conv(
            new int[] {3, 11},
            new int[] {4, 3, 3},
            ints("pads", 1, 2),
            ints("strides", 2),
            ints("kernel_shape", 3)));
  }

  @Test
  void refusesConvolutionsThatDoNotFit() throws Exception {
    int[] row = {4, 9, 7};
    List<OnnxBuilder> broken =
        List.of(
            conv(row, new int[] {3, 5, 3, 3}),
            conv(row, new int[] {3, 4, 10, 3}),
            conv(row, new int[] {3, 4, 3, 3}, ints("strides", 0, 1)),
            conv(row, new int[] {3, 4, 3, 3}, ints("pads", -1, 0, 0, 0)),
            conv(row, new int[] {3, 4, 3, 3}, ints("kernel_shape", 2, 3)),
            conv(row, new int[] {3, 4, 3, 3}, integer("group", 3)),
            conv(row, new int[] {3, 4, 3}));
    for (OnnxBuilder builder : broken) {
      assertThat(RuntimeComparison.refusal(builder).reason()).isEqualTo(Reason.INVALID_GRAPH);
    }
  }

  @Test
  void importsGemmWithAllItsFactors() throws Exception {
    OnnxBuilder transposed =
        OnnxBuilder.rows(5)
            .weights("w", 3, 5)
            .weights("b", 1, 3)
            .node(
                "Gemm",
                List.of("x", "w", "b"),
                "y",
                integer("transB", 1),
                real("alpha", 0.5),
                real("beta", -2))
            .output("y");
    RuntimeComparison.check(transposed);
    OnnxBuilder straight =
        OnnxBuilder.rows(5).weights("w", 5, 3).node("Gemm", List.of("x", "w"), "y").output("y");
    RuntimeComparison.check(straight);
    OnnxBuilder scalarBias =
        OnnxBuilder.rows(5)
            .weights("w", 5, 3)
            .scalar("b", 3)
            .node("Gemm", List.of("x", "w", "b"), "y")
            .output("y");
    RuntimeComparison.check(scalarBias);
  }

  @Test
  void refusesTransposedRows() throws Exception {
    OnnxBuilder builder =
        OnnxBuilder.rows(5)
            .weights("w", 5, 3)
            .node("Gemm", List.of("x", "w"), "y", integer("transA", 1))
            .named("fc")
            .output("y");
    assertThat(RuntimeComparison.refusal(builder))
        .hasMessageContaining("Gemm \"fc\" (transA must be 0")
        .extracting(OnnxImportException::reason)
        .isEqualTo(Reason.UNSUPPORTED_OPERATORS);
  }

  @Test
  void importsMatMulAndAdd() throws Exception {
    OnnxBuilder builder =
        OnnxBuilder.rows(5)
            .weights("w", 5, 3)
            .weights("b", 3)
            .node("MatMul", List.of("x", "w"), "h")
            .node("Add", List.of("b", "h"), "y")
            .output("y");
    Graph graph = RuntimeComparison.check(builder);
    assertThat(graph.nodes()).hasSize(2);
    OnnxBuilder unitAxis =
        OnnxBuilder.rows(1, 5).weights("w", 5, 3).node("MatMul", List.of("x", "w"), "y");
    assertThat(RuntimeComparison.check(unitAxis.output("y")).modelInterface().coreShape())
        .isEqualTo(TensorShape.of(1, 3));
  }

  @Test
  void multipliesSeveralVectorsARow() throws Exception {
    OnnxBuilder builder =
        OnnxBuilder.rows(2, 5).weights("w", 5, 3).node("MatMul", List.of("x", "w"), "y");
    assertThat(RuntimeComparison.check(builder.output("y")).modelInterface().coreShape())
        .isEqualTo(TensorShape.of(2, 3));
    OnnxBuilder front =
        OnnxBuilder.rows(4, 5).weights("w", 3, 4).node("MatMul", List.of("w", "x"), "y");
    assertThat(RuntimeComparison.check(front.output("y")).modelInterface().coreShape())
        .isEqualTo(TensorShape.of(3, 5));
    OnnxBuilder attention =
        OnnxBuilder.rows(4, 4).node("MatMul", List.of("x", "x"), "y").output("y");
    assertThat(RuntimeComparison.refusal(attention)).hasMessageContaining("constant weights");
  }

  @Test
  void foldsBatchNormalizationIntoWhatStandsBefore() throws Exception {
    OnnxBuilder builder =
        OnnxBuilder.rows(2, 6, 5)
            .weights("w", 3, 2, 3, 3)
            .weights("b", 3)
            .weights("scale", 3)
            .weights("shift", 3)
            .weights("mean", 3)
            .floats("variance", new int[] {3}, 0.5, 2, 1)
            .node("Conv", List.of("x", "w", "b"), "h", ints("pads", 1, 1, 1, 1))
            .node(
                "BatchNormalization",
                List.of("h", "scale", "shift", "mean", "variance"),
                "n",
                real("epsilon", 0.01))
            .node("Relu", List.of("n"), "y")
            .output("y");
    assertThat(RuntimeComparison.check(builder).nodes()).hasSize(3);
  }

  @Test
  void foldsBatchNormalizationIntoWhatFollowsUnlessPaddingForbidsIt() throws Exception {
    for (boolean padded : new boolean[] {false, true}) {
      long pad = padded ? 1 : 0;
      OnnxBuilder builder =
          OnnxBuilder.rows(2, 6, 5)
              .weights("w", 4, 1, 3, 3)
              .weights("b", 4)
              .weights("scale", 2)
              .weights("shift", 2)
              .weights("mean", 2)
              .floats("variance", new int[] {2}, 0.5, 2)
              .node("BatchNormalization", List.of("x", "scale", "shift", "mean", "variance"), "h")
              .node(
                  "Conv",
                  List.of("h", "w", "b"),
                  "y",
                  integer("group", 2),
                  ints("pads", pad, pad, pad, pad))
              .output("y");
      assertThat(RuntimeComparison.check(builder).nodes()).hasSize(padded ? 3 : 2);
    }
  }

  @Test
  void normalisesFlattenedImagesAfterAConvolution() throws Exception {
    OnnxBuilder builder =
        OnnxBuilder.rows(1, 4, 4)
            .weights("w", 2, 1, 2, 2)
            .weights("v", 18, 3)
            .weights("scale", 18)
            .weights("shift", 18)
            .weights("mean", 18)
            .floats("variance", new int[] {18}, new double[18])
            .node("Conv", List.of("x", "w"), "c")
            .node("Flatten", List.of("c"), "f")
            .node(
                "BatchNormalization",
                List.of("f", "scale", "shift", "mean", "variance"),
                "n",
                real("epsilon", 1))
            .node("Gemm", List.of("n", "v"), "y")
            .output("y");
    // One value an element cannot go into the convolution, but it can go into Gemm.
    assertThat(RuntimeComparison.check(builder).nodes()).hasSize(3);
  }
}
