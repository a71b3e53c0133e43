package io.silenda.infer.graph;

import static io.silenda.infer.graph.OnnxBuilder.integer;
import static io.silenda.infer.graph.OnnxBuilder.ints;
import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.infer.graph.OnnxImportException.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeImportersTest {
  /** A convolution with output rows of shape 2x3x4, in {@code h}. */
  private static OnnxBuilder images() {
    return convolved(OnnxBuilder.rows(1, 4, 5));
  }

  private static OnnxBuilder convolved(OnnxBuilder builder) {
    return builder
        .weights("w", 2, 1, 2, 2)
        .weights("v", 24, 3)
        .node("Conv", List.of("x", "w"), "h");
  }

  /** The shape of the rows of {@code f}. */
  private static TensorShape check(OnnxBuilder builder) throws Exception {
    return RuntimeComparison.check(builder.output("f")).modelInterface().coreShape();
  }

  @Test
  void flattens() throws Exception {
    assertThat(check(images().node("Flatten", List.of("h"), "f"))).isEqualTo(TensorShape.of(24));
    assertThat(check(images().node("Flatten", List.of("h"), "f", integer("axis", -3))))
        .isEqualTo(TensorShape.of(24));
  }

  @Test
  void refusesToFlattenRowsTogether() throws Exception {
    for (long axis : new long[] {0, 2, 3, 9}) {
      OnnxBuilder builder =
          images().node("Flatten", List.of("h"), "f", integer("axis", axis)).output("f");
      assertThat(RuntimeComparison.refusal(builder)).hasMessageContaining("axis must be 1");
    }
  }

  @Test
  void reshapesRowByRow() throws Exception {
    for (long[] target :
        List.of(
            new long[] {-1, 24},
            new long[] {0, -1},
            new long[] {0, 2, -1},
            new long[] {-1, 6, 4})) {
      check(images().integers("s", target).node("Reshape", List.of("h", "s"), "f"));
    }
  }

  @Test
  void refusesReshapesThatMoveTheBatchAxis() throws Exception {
    for (long[] target :
        List.of(
            new long[] {1, 24},
            new long[] {24, -1},
            new long[] {-1, 12},
            new long[] {-1},
            new long[] {-1, -1, 24},
            new long[] {0, 5, -1},
            new long[] {-1, Long.MAX_VALUE, 2},
            new long[0])) {
      OnnxBuilder builder =
          images().integers("s", target).node("Reshape", List.of("h", "s"), "f").output("f");
      assertThat(RuntimeComparison.refusal(builder)).hasMessageContaining("batch axis");
    }
  }

  @Test
  void reshapesAFixedBatchByItsSize() throws Exception {
    check(
        convolved(OnnxBuilder.fixedRows(1, 1, 4, 5))
            .integers("s", 1, 24)
            .node("Reshape", List.of("h", "s"), "f"));
  }

  @Test
  void followsComputedShapes() throws Exception {
    // What x.view(x.size(0), -1) becomes.
    OnnxBuilder builder =
        images()
            .index("zero", 0)
            .integers("axis", 0)
            .integers("rest", -1)
            .node("Shape", List.of("h"), "shape")
            .node("Gather", List.of("shape", "zero"), "batch")
            .node("Unsqueeze", List.of("batch", "axis"), "first")
            .node("Concat", List.of("first", "rest"), "s", integer("axis", 0))
            .node("Reshape", List.of("h", "s"), "f");
    assertThat(check(builder)).isEqualTo(TensorShape.of(24));
  }

  @Test
  void refusesArithmeticOnTheNumberOfRows() throws Exception {
    OnnxBuilder builder =
        images()
            .integers("one", 1, 1, 1, 1)
            .node("Shape", List.of("h"), "shape")
            .node("Mul", List.of("shape", "one"), "s")
            .node("Reshape", List.of("h", "s"), "f")
            .output("f");
    assertThat(RuntimeComparison.refusal(builder)).hasMessageContaining("number of rows");
  }

  @Test
  void squeezesAndUnsqueezes() throws Exception {
    assertThat(check(images().integers("axes", 1, -1).node("Unsqueeze", List.of("h", "axes"), "f")))
        .isEqualTo(TensorShape.of(1, 2, 3, 4, 1));
    assertThat(
            check(
                images()
                    .opset(11)
                    .node("Unsqueeze", List.of("h"), "u", ints("axes", 2))
                    .node("Squeeze", List.of("u"), "f", ints("axes", -3))))
        .isEqualTo(TensorShape.of(2, 3, 4));
  }

  @Test
  void refusesToSqueezeTheBatchAxis() throws Exception {
    OnnxBuilder named =
        images().integers("axes", 0).node("Squeeze", List.of("h", "axes"), "f").output("f");
    assertThat(RuntimeComparison.refusal(named)).hasMessageContaining("after the batch axis");
    OnnxBuilder implied = images().node("Squeeze", List.of("h"), "f").output("f");
    assertThat(RuntimeComparison.refusal(implied)).hasMessageContaining("axes must be given");
    OnnxBuilder larger =
        images().integers("axes", 1).node("Squeeze", List.of("h", "axes"), "f").output("f");
    assertThat(RuntimeComparison.refusal(larger)).hasMessageContaining("size 1");
  }

  @Test
  void transposesAxesOfSizeOne() throws Exception {
    OnnxBuilder builder =
        OnnxBuilder.rows(4, 5, 1)
            .weights("w", 2, 1, 2, 2)
            .node("Transpose", List.of("x"), "t", ints("perm", 0, 3, 1, 2))
            .node("Conv", List.of("t", "w"), "f");
    assertThat(check(builder)).isEqualTo(TensorShape.of(2, 3, 4));
  }

  @Test
  void transposesAxesOfAnySize() throws Exception {
    for (long[] perm : new long[][] {{0, 2, 3, 1}, {0, 3, 1, 2}, {0, 3, 2, 1}, {0, 1, 3, 2}}) {
      OnnxBuilder moved =
          images().node("Transpose", List.of("h"), "f", ints("perm", perm)).output("f");
      RuntimeComparison.check(moved);
    }
    OnnxBuilder rows =
        images().node("Transpose", List.of("h"), "f", ints("perm", 1, 0, 2, 3)).output("f");
    assertThat(RuntimeComparison.refusal(rows)).hasMessageContaining("batch axis first");
    OnnxBuilder twice =
        images().node("Transpose", List.of("h"), "f", ints("perm", 0, 3, 3, 1)).output("f");
    assertThat(RuntimeComparison.refusal(twice)).hasMessageContaining("name every axis");
  }

  @Test
  void passesIdentitiesThrough() throws Exception {
    OnnxBuilder builder =
        images()
            .node("Identity", List.of("h"), "i")
            .node("Dropout", List.of("i"), "d")
            .node("Cast", List.of("d"), "f", integer("to", 1));
    RuntimeComparison.check(builder.output("f"));
    OnnxBuilder wide =
        OnnxBuilder.rows(4)
            .weights("w", 4, 3)
            .node("MatMul", List.of("x", "w"), "h")
            .node("Cast", List.of("h"), "f", integer("to", 11))
            .output("f");
    RuntimeComparison.check(wide);
  }

  @Test
  void refusesCastsThatRound() throws Exception {
    for (int type : new int[] {7, 10, 16, 99}) {
      OnnxBuilder builder =
          images().node("Cast", List.of("h"), "f", integer("to", type)).output("f");
      assertThat(RuntimeComparison.refusal(builder).reason())
          .isEqualTo(Reason.UNSUPPORTED_OPERATORS);
    }
  }

  @Test
  void namesActivationsAfterTheirOwnNode() throws Exception {
    OnnxBuilder builder =
        images()
            .node("Relu", List.of("h"), "r")
            .named("act")
            .node("Flatten", List.of("r"), "f")
            .node("MatMul", List.of("f", "v"), "y")
            .output("y");
    Node activation = RuntimeComparison.check(builder).node(2);
    assertThat(activation.name()).isEqualTo("act");
    assertThat(activation.shape()).isEqualTo(TensorShape.of(2, 3, 4));
  }
}
