package io.silenda.infer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ConvolutionGeometryTest {
  private static ConvolutionGeometry geometry(int outSize, int stride, int pad, int groups) {
    return new ConvolutionGeometry(
        2, 7, 7, 4, outSize, outSize, 3, 3, stride, stride, pad, pad, 1, 1, groups);
  }

  @Test
  void countsSizes() {
    ConvolutionGeometry geometry = geometry(5, 1, 0, 2);
    assertThat(geometry.inputSize()).isEqualTo(98);
    assertThat(geometry.outputSize()).isEqualTo(100);
    assertThat(geometry.weightCount()).isEqualTo(36);
    assertThat(geometry.channelsPerGroup()).isEqualTo(1);
  }

  @Test
  void knowsWhetherPaddingIsRead() {
    assertThat(geometry(5, 1, 0, 1).readsPadding()).isFalse();
    assertThat(geometry(3, 2, 0, 1).readsPadding()).isFalse();
    assertThat(geometry(6, 1, 0, 1).readsPadding()).isTrue();
    assertThat(geometry(3, 2, 1, 1).readsPadding()).isTrue();
  }

  @Test
  void knowsElementwiseGeometries() {
    assertThat(ConvolutionGeometry.elementwise(3, 4, 5).isElementwise()).isTrue();
    assertThat(geometry(5, 1, 0, 2).isElementwise()).isFalse();
  }

  @Test
  void refusesSizesOutOfRange() {
    assertThatThrownBy(() -> geometry(5, 0, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stride");
    assertThatThrownBy(() -> geometry(5, 1, -1, 1)).hasMessageContaining("padding");
    assertThatThrownBy(() -> geometry(5, 1, 0, 3)).hasMessageContaining("groups 3");
  }
}
