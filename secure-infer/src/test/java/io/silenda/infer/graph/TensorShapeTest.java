package io.silenda.infer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TensorShapeTest {
  @Test
  void countsElements() {
    assertThat(TensorShape.of(3, 4, 5).elementCount()).isEqualTo(60);
    assertThat(TensorShape.of().elementCount()).isEqualTo(1);
    assertThat(TensorShape.of(3, 4, 5)).hasToString("3x4x5");
    assertThat(TensorShape.of()).hasToString("scalar");
    assertThat(TensorShape.of(3, 4).dimension(1)).isEqualTo(4);
  }

  @Test
  void refusesSizesOutOfRange() {
    assertThatThrownBy(() -> TensorShape.of(3, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TensorShape.of(1 << 16, 1 << 16, 1 << 16, 1 << 16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16777216");
  }
}
