package io.silenda.infer.graph;

import static io.silenda.infer.graph.OnnxBuilder.integer;
import static io.silenda.infer.graph.OnnxBuilder.ints;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RearrangingImportersTest {
  private static OnnxBuilder images() {
    return OnnxBuilder.rows(3, 4, 5);
  }

  @ParameterizedTest
  @CsvSource({"1,0,2,1", "3,1,100,2", "-1,-1,-100,-1", "2,-3,-1,1", "3,4,0,-3"})
  void slices(long axis, long start, long end, long step) throws Exception {
    RuntimeComparison.check(
        images()
            .integers("starts", start)
            .integers("ends", end)
            .integers("axes", axis)
            .integers("steps", step)
            .node("Slice", List.of("x", "starts", "ends", "axes", "steps"), "y")
            .output("y"));
  }

  @Test
  void slicesByAttributesAndLeavesAllRows() throws Exception {
    RuntimeComparison.check(
        images()
            .opset(9)
            .node(
                "Slice",
                List.of("x"),
                "y",
                ints("starts", 0, 1, 0),
                ints("ends", Long.MAX_VALUE, 3, 2))
            .output("y"));
  }

  @Test
  void refusesSlicesOfRowsAndEmptyOnes() throws Exception {
    OnnxBuilder rows =
        images()
            .integers("starts", 0)
            .integers("ends", 1)
            .node("Slice", List.of("x", "starts", "ends"), "y")
            .output("y");
    assertThat(RuntimeComparison.refusal(rows)).hasMessageContaining("not within a row");
    OnnxBuilder empty =
        images()
            .integers("starts", 2)
            .integers("ends", 2)
            .integers("axes", 1)
            .node("Slice", List.of("x", "starts", "ends", "axes"), "y")
            .output("y");
    assertThat(RuntimeComparison.refusal(empty)).hasMessageContaining("leaves no element");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, -1})
  void gathers(long axis) throws Exception {
    RuntimeComparison.check(
        images()
            .integers("i", 2, 0, -1, 1)
            .node("Gather", List.of("x", "i"), "y", integer("axis", axis))
            .output("y"));
    RuntimeComparison.check(
        images()
            .index("i", 1)
            .node("Gather", List.of("x", "i"), "y", integer("axis", axis))
            .output("y"));
  }

  @Test
  void splitsAndConcatenates() throws Exception {
    RuntimeComparison.check(
        images()
            .integers("parts", 1, 3, 1)
            .weights("w", 1, 3, 1, 1)
            .nodeOf("", "Split", List.of("x", "parts"), List.of("a", "b", "c"), integer("axis", 3))
            .node("Concat", List.of("c", "b", "a"), "y", integer("axis", -1))
            .output("y"));
    RuntimeComparison.check(
        images()
            .opset(11)
            .nodeOf("", "Split", List.of("x"), List.of("a", "b"), integer("axis", 2))
            .node("Concat", List.of("b", "a", "b"), "y", integer("axis", 1))
            .output("y"));
    RuntimeComparison.check(
        images()
            .opset(18)
            .nodeOf(
                "",
                "Split",
                List.of("x"),
                List.of("a", "b"),
                integer("axis", 3),
                integer("num_outputs", 2))
            .node("Concat", List.of("b", "a"), "y", integer("axis", 3))
            .output("y"));
  }

  @Test
  void refusesPartsThatDoNotFit() throws Exception {
    OnnxBuilder parts =
        images()
            .integers("parts", 1, 3)
            .nodeOf("", "Split", List.of("x", "parts"), List.of("a", "b"), integer("axis", 3))
            .output("a");
    assertThat(RuntimeComparison.refusal(parts)).hasMessageContaining("parts [1, 3] of 5");
    OnnxBuilder constant =
        images()
            .weights("c", 1, 3, 4, 5)
            .node("Concat", List.of("x", "c"), "y", integer("axis", 1))
            .output("y");
    assertThat(RuntimeComparison.refusal(constant)).hasMessageContaining("use Pad");
    OnnxBuilder rows =
        images().node("Concat", List.of("x", "x"), "y", integer("axis", 0)).output("y");
    assertThat(RuntimeComparison.refusal(rows)).hasMessageContaining("not within a row");
  }

  @Test
  void followsConvolutionsOfChannelsLast() throws Exception {
    RuntimeComparison.check(
        OnnxBuilder.rows(6, 5, 2)
            .weights("w", 3, 2, 3, 3)
            .weights("v", 36, 4)
            .node("Transpose", List.of("x"), "t", ints("perm", 0, 3, 1, 2))
            .node("Conv", List.of("t", "w"), "c")
            .node("Mul", List.of("c", "c"), "s")
            .node("Transpose", List.of("s"), "u", ints("perm", 0, 2, 3, 1))
            .node("Flatten", List.of("u"), "f")
            .node("Gemm", List.of("f", "v"), "y")
            .output("y"));
  }
}
