package io.silenda.infer.graph;

import static io.silenda.infer.graph.OnnxBuilder.floatsOf;
import static io.silenda.infer.graph.OnnxBuilder.integer;
import static io.silenda.infer.graph.OnnxBuilder.ints;
import static io.silenda.infer.graph.OnnxBuilder.real;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConstantImportersTest {
  private static OnnxBuilder withConstant(AttributeProto value) {
    return OnnxBuilder.rows(3)
        .weights("w", 3, 3)
        .node("MatMul", List.of("x", "w"), "h")
        .node("Constant", List.of(), "c", value);
  }

  @Test
  void readsConstantNodes() throws Exception {
    RuntimeComparison.check(
        withConstant(real("value_float", 1.5)).node("Add", List.of("h", "c"), "y").output("y"));
    RuntimeComparison.check(
        withConstant(floatsOf("value_floats", 1, 2, 3))
            .node("Mul", List.of("h", "c"), "y")
            .output("y"));
    RuntimeComparison.check(
        withConstant(ints("value_ints", -1, 3, 1))
            .node("Reshape", List.of("h", "c"), "y")
            .output("y"));
    RuntimeComparison.check(
        withConstant(integer("value_int", 2))
            .node("Cast", List.of("c"), "d", integer("to", 1))
            .node("Pow", List.of("h", "d"), "y")
            .output("y"));
  }

  @Test
  void refusesOtherConstants() throws Exception {
    OnnxBuilder builder =
        withConstant(OnnxBuilder.text("value_string", "a"))
            .node("Add", List.of("h", "c"), "y")
            .output("y");
    assertThat(RuntimeComparison.refusal(builder)).hasMessageContaining("dense numbers");
  }

  @Test
  void foldsShapesOfConstants() throws Exception {
    OnnxBuilder builder =
        OnnxBuilder.rows(3)
            .weights("w", 2, 3)
            .integers("shape", 3, 2)
            .integers("from", 0)
            .integers("to", 1)
            .integers("two", 2)
            .node("Transpose", List.of("w"), "t")
            .node("Slice", List.of("shape", "from", "to"), "three")
            .node("Concat", List.of("three", "two"), "s", integer("axis", 0))
            .node("Reshape", List.of("t", "s"), "u")
            .node("Identity", List.of("u"), "v")
            .node("MatMul", List.of("x", "v"), "y")
            .output("y");
    RuntimeComparison.check(builder);
  }

  @Test
  void refusesToGatherRows() throws Exception {
    OnnxBuilder builder =
        OnnxBuilder.rows(3).index("i", 0).node("Gather", List.of("x", "i"), "y").output("y");
    assertThat(RuntimeComparison.refusal(builder)).hasMessageContaining("not within a row");
  }
}
