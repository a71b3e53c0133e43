package io.silenda.infer.graph;

import static io.silenda.infer.graph.OnnxBuilder.dynamic;
import static io.silenda.infer.graph.OnnxBuilder.integer;
import static io.silenda.infer.graph.OnnxBuilder.ints;
import static io.silenda.infer.graph.OnnxBuilder.real;
import static io.silenda.infer.graph.OnnxBuilder.size;
import static io.silenda.infer.graph.OnnxBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What exporters of PyTorch and scikit-learn write, in as few nodes as show it. */
class ExporterIdiomsTest {
  private static final String CLASSICAL = OperatorCatalog.CLASSICAL_DOMAIN;
  private static final int FLOAT = DataType.FLOAT.getNumber();
  private static final int INT64 = DataType.INT64.getNumber();

  private static OnnxBuilder image() {
    return OnnxBuilder.rows(4, 2, 3);
  }

  private static TensorShape shape(OnnxBuilder builder) throws Exception {
    return RuntimeComparison.check(builder.output("f")).modelInterface().coreShape();
  }

  private static TensorProto zero() {
    return TensorProto.newBuilder().setDataType(INT64).addDims(1).addInt64Data(0).build();
  }

  private static ai.onnx.proto.OnnxMl.AttributeProto zeroValue() {
    return ai.onnx.proto.OnnxMl.AttributeProto.newBuilder()
        .setName("value")
        .setType(ai.onnx.proto.OnnxMl.AttributeProto.AttributeType.TENSOR)
        .setT(zero())
        .build();
  }

  @Test
  void padsThatAreComputedFromConstants() throws Exception {
    OnnxBuilder builder =
        image()
            .integers("sides", 1, 2, 0, 1)
            .integers("missing", 4)
            .integers("pairs", -1, 2)
            .integers("all", -1)
            .integers("from", -1)
            .integers("to", -9223372036854775807L)
            .integers("first", 0)
            .integers("back", -1)
            .node("ConstantOfShape", List.of("missing"), "zeros", zeroValue())
            .node("Concat", List.of("sides", "zeros"), "flat", integer("axis", 0))
            .node("Reshape", List.of("flat", "pairs"), "rows")
            .node("Slice", List.of("rows", "from", "to", "first", "back"), "reversed")
            .node("Transpose", List.of("reversed"), "columns", ints("perm", 1, 0))
            .node("Reshape", List.of("columns", "all"), "list")
            .node("Cast", List.of("list"), "pads", integer("to", INT64))
            .node("Pad", List.of("x", "pads"), "f");
    assertThat(shape(builder)).isEqualTo(TensorShape.of(4, 3, 6));
  }

  @Test
  void expandsToAShapeThatIsChosenAmongConstants() throws Exception {
    OnnxBuilder builder =
        OnnxBuilder.rows(1, 3)
            .integers("wanted", -1, 2, 3)
            .integers("rest", -1)
            .integers("length", 3)
            .node("ConstantOfShape", List.of("length"), "zeros", zeroValue())
            .integers("one", 1)
            .node("Add", List.of("zeros", "one"), "ones")
            .node("Equal", List.of("wanted", "rest"), "unknown")
            .node("Where", List.of("unknown", "ones", "wanted"), "shape")
            .node("Expand", List.of("x", "shape"), "f");
    assertThat(shape(builder)).isEqualTo(TensorShape.of(2, 3));
  }

  @Test
  void pixelsMoveBetweenChannelsAndImage() throws Exception {
    for (String mode : List.of("DCR", "CRD")) {
      OnnxBuilder builder =
          image()
              .node("DepthToSpace", List.of("x"), "f", integer("blocksize", 2), text("mode", mode));
      assertThat(shape(builder)).isEqualTo(TensorShape.of(1, 4, 6));
    }
    OnnxBuilder builder =
        OnnxBuilder.rows(2, 4, 6).node("SpaceToDepth", List.of("x"), "f", integer("blocksize", 2));
    assertThat(shape(builder)).isEqualTo(TensorShape.of(8, 2, 3));
  }

  @Test
  void imagesAreEnlargedByRepetition() throws Exception {
    OnnxBuilder floors =
        image()
            .floats("scales", new int[] {4}, 1, 1, 2, 3)
            .node(
                "Resize",
                List.of("x", "", "scales"),
                "f",
                text("coordinate_transformation_mode", "asymmetric"),
                text("nearest_mode", "floor"));
    assertThat(shape(floors)).isEqualTo(TensorShape.of(4, 4, 9));
    OnnxBuilder centred =
        OnnxBuilder.fixedRows(1, 4, 2, 3)
            .integers("sizes", 1, 4, 4, 6)
            .node("Resize", List.of("x", "", "", "sizes"), "f");
    assertThat(shape(centred)).isEqualTo(TensorShape.of(4, 4, 6));
  }

  @Test
  void otherResizesAreRefused() throws Exception {
    OnnxBuilder linear =
        image()
            .floats("scales", new int[] {4}, 1, 1, 2, 2)
            .node("Resize", List.of("x", "", "scales"), "f", text("mode", "linear"))
            .output("f");
    assertThat(RuntimeComparison.refusal(linear)).hasMessageContaining("use nearest");
    OnnxBuilder broken =
        image()
            .floats("scales", new int[] {4}, 1, 1, 1.5, 2)
            .node("Resize", List.of("x", "", "scales"), "f")
            .output("f");
    assertThat(RuntimeComparison.refusal(broken)).hasMessageContaining("whole factors");
  }

  @Test
  void pipelinesChooseColumnsAndReplaceMissingValues() throws Exception {
    OnnxBuilder builder =
        OnnxBuilder.rows(5)
            .importing(CLASSICAL, 3)
            .integers("columns", 3, 0, 4)
            .weights("w", 3, 2)
            .nodeOf(
                CLASSICAL,
                "Imputer",
                List.of("x"),
                List.of("i"),
                OnnxBuilder.floatsOf("imputed_value_floats", 1, 2, 3, 4, 5),
                real("replaced_value_float", Double.NaN))
            .nodeOf(CLASSICAL, "ArrayFeatureExtractor", List.of("i", "columns"), List.of("c"))
            .node("MatMul", List.of("c", "w"), "f");
    assertThat(shape(builder)).isEqualTo(TensorShape.of(2));
  }

  @Test
  void anImputerOfNumbersIsRefused() throws Exception {
    OnnxBuilder builder =
        OnnxBuilder.rows(2)
            .importing(CLASSICAL, 3)
            .nodeOf(
                CLASSICAL,
                "Imputer",
                List.of("x"),
                List.of("f"),
                OnnxBuilder.floatsOf("imputed_value_floats", 1, 2),
                real("replaced_value_float", -1))
            .output("f");
    assertThat(RuntimeComparison.refusal(builder)).hasMessageContaining("before encryption");
  }

  @Test
  void rowsMayBeDoubles() throws Exception {
    OnnxBuilder builder =
        OnnxBuilder.empty()
            .inputOf("x", DataType.DOUBLE, dynamic("rows"), size(4))
            .weights("w", 4, 2)
            .node("Cast", List.of("x"), "narrow", integer("to", FLOAT))
            .node("MatMul", List.of("narrow", "w"), "f");
    assertThat(shape(builder)).isEqualTo(TensorShape.of(2));
  }

  @Test
  void sumsOfSeveralTensorsAndFurtherFunctions() throws Exception {
    OnnxBuilder builder =
        OnnxBuilder.rows(3)
            .node("Exp", List.of("x"), "e")
            .node("Sin", List.of("x"), "s")
            .node("Cos", List.of("x"), "c")
            .node("Sum", List.of("e", "s", "c"), "f");
    assertThat(shape(builder)).isEqualTo(TensorShape.of(3));
  }

  @Test
  void refusalsSayWhatToDo() throws Exception {
    OnnxBuilder halves =
        OnnxBuilder.empty()
            .inputOf("x", DataType.FLOAT16, dynamic("rows"), size(4))
            .node("Identity", List.of("x"), "f")
            .output("f");
    assertThat(RuntimeComparison.refusal(halves)).hasMessageContaining("save the model in float32");
    OnnxBuilder two =
        OnnxBuilder.rows(3)
            .input("y", dynamic("rows"), 3)
            .node("Add", List.of("x", "y"), "f")
            .output("f");
    assertThat(RuntimeComparison.refusal(two)).hasMessageContaining("2 inputs (x, y)");
    OnnxBuilder outputs =
        OnnxBuilder.rows(3)
            .node("Relu", List.of("x"), "f")
            .node("Abs", List.of("x"), "g")
            .output("f")
            .output("g");
    assertThat(RuntimeComparison.refusal(outputs)).hasMessageContaining("one of them");
  }

  @Test
  void nodesOfOneKindAreRefusedTogether() throws Exception {
    OnnxBuilder builder = OnnxBuilder.rows(3);
    for (int i = 0; i < 7; i++) {
      builder.node("Round", List.of("x"), "r" + i).named("n" + i);
    }
    builder.node("Sum", List.of("r0", "r1", "r2", "r3", "r4", "r5", "r6"), "f").output("f");
    assertThat(RuntimeComparison.refusal(builder))
        .hasMessageContaining("Round \"n0\" \"n1\" \"n2\" \"n3\" and 3 more (");
  }
}
