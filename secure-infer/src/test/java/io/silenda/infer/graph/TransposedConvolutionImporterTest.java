package io.silenda.infer.graph;

import static io.silenda.infer.graph.OnnxBuilder.integer;
import static io.silenda.infer.graph.OnnxBuilder.ints;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransposedConvolutionImporterTest {
  @ParameterizedTest
  @CsvSource({"1,0,1,0,1", "2,0,1,1,1", "2,1,1,0,2", "3,1,2,2,1", "1,2,1,0,2"})
  void upsamplesImages(long stride, long pad, long dilation, long extra, long group)
      throws Exception {
    RuntimeComparison.check(
        OnnxBuilder.rows(4, 5, 3)
            .weights("w", 4, 3, 3, 2)
            .weights("b", (int) (3 * group))
            .node(
                "ConvTranspose",
                List.of("x", "w", "b"),
                "y",
                ints("strides", stride, stride),
                ints("pads", pad, 0, 0, pad),
                ints("dilations", dilation, dilation),
                ints("output_padding", extra, 0),
                integer("group", group))
            .output("y"));
  }

  @Test
  void upsamplesSignals() throws Exception {
    RuntimeComparison.check(
        OnnxBuilder.rows(2, 7)
            .weights("w", 2, 3, 4)
            .node("ConvTranspose", List.of("x", "w"), "y", ints("strides", 2))
            .output("y"));
  }

  @Test
  void refusesWhatItCannotSize() throws Exception {
    for (var attribute :
        List.of(ints("output_shape", 9, 9), OnnxBuilder.text("auto_pad", "SAME_UPPER"))) {
      OnnxBuilder builder =
          OnnxBuilder.rows(2, 4, 4)
              .weights("w", 2, 3, 3, 3)
              .node("ConvTranspose", List.of("x", "w"), "y", attribute)
              .output("y");
      assertThat(RuntimeComparison.refusal(builder)).hasMessageContaining("pads");
    }
    OnnxBuilder tooMuchPadding =
        OnnxBuilder.rows(2, 4, 4)
            .weights("w", 2, 3, 3, 3)
            .node("ConvTranspose", List.of("x", "w"), "y", ints("pads", 9, 9, 9, 9))
            .output("y");
    assertThat(RuntimeComparison.refusal(tooMuchPadding)).hasMessageContaining("pixels a side");
  }
}
