package io.silenda.infer.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TensorTest {
  private final int[] shape = {3, 2, 1};
  private final float[] values = {1, 2, 3, 4, 5, 6};
  private final Tensor tensor = Tensor.of(shape, values);

  @Test
  void givesRows() {
    assertThat(tensor.rows()).isEqualTo(3);
    assertThat(tensor.rowSize()).isEqualTo(2);
    assertThat(tensor.row(1)).containsExactly(3, 4);
    Tensor part = tensor.rows(1, 3);
    assertThat(part.shape()).containsExactly(2, 2, 1);
    assertThat(part.values()).containsExactly(3, 4, 5, 6);
    assertThat(tensor.value(5)).isEqualTo(6);
  }

  @Test
  void reshapes() {
    Tensor reshaped = tensor.reshaped(2, 3);
    assertThat(reshaped.row(1)).containsExactly(4, 5, 6);
    assertThat(reshaped).isNotEqualTo(tensor).isEqualTo(Tensor.of(new int[] {2, 3}, values));
    assertThat(reshaped).hasToString("Tensor[2, 3]");
    assertThat(reshaped).hasSameHashCodeAs(Tensor.of(new int[] {2, 3}, values));
  }

  @Test
  void copiesItsArrays() {
    shape[0] = 9;
    values[0] = 9;
    tensor.shape()[0] = 9;
    tensor.values()[0] = 9;
    tensor.row(0)[0] = 9;
    assertThat(tensor.rows()).isEqualTo(3);
    assertThat(tensor.value(0)).isEqualTo(1);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> Tensor.of(new int[] {2, 2}, values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exactly 6 values");
    assertThatThrownBy(() -> Tensor.of(new int[0], values))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Tensor.of(new int[] {0}, new float[0]))
        .isInstanceOf(IllegalArgumentException.class);
    // 2^16 * 2^16 is 0 in 32 bits.
    assertThatThrownBy(() -> Tensor.of(new int[] {1 << 16, 1 << 16}, new float[1]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tensor.reshaped(4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tensor.row(3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tensor.rows(2, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tensor.rows(-1, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tensor.rows(0, 4)).isInstanceOf(IllegalArgumentException.class);
  }
}
