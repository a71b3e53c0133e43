package io.silenda.infer.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InputPackingTest {
  private final InputPacking packing = new InputPacking(new int[] {1, 0, TensorLayout.EMPTY}, 2, 2);

  @Test
  void rowsAreInterleaved() {
    assertThat(packing.pack(new double[][] {{3, 4}, {5, 6}})).containsExactly(4, 6, 3, 5, 0, 0);
  }

  @Test
  void aMissingRowIsACopyOfTheFirst() {
    assertThat(packing.pack(new double[][] {{3, 4}})).containsExactly(4, 4, 3, 3, 0, 0);
  }

  @Test
  void rowsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> packing.pack(new double[3][2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rows 3 outside 1..2");
    assertThatThrownBy(() -> packing.pack(new double[][] {{1, 2}, {1}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row has 1 values, expected 2");
  }
}
