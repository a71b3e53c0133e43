package io.silenda.infer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MatrixTest {
  private final double[] values = {1, 2, 3, 4, 5, 6};
  private final Matrix matrix = Matrix.of(2, 3, values);

  @Test
  void readsValuesByRowAndColumn() {
    assertThat(matrix.get(1, 0)).isEqualTo(4);
    assertThat(matrix.row(1)).containsExactly(4, 5, 6);
    assertThat(matrix.times(new double[] {1, 0, -1})).containsExactly(-2, -2);
    assertThat(matrix).hasToString("2x3 matrix").isEqualTo(Matrix.of(2, 3, values.clone()));
    assertThat(matrix)
        .isNotEqualTo(Matrix.of(3, 2, values))
        .hasSameHashCodeAs(Matrix.of(2, 3, values));
  }

  @Test
  void copiesItsArrays() {
    values[0] = 9;
    matrix.values()[0] = 9;
    matrix.row(0)[0] = 9;
    assertThat(matrix.get(0, 0)).isEqualTo(1);
  }

  @Test
  void refusesSizesThatDoNotFit() {
    assertThatThrownBy(() -> Matrix.of(2, 2, values)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Matrix.of(0, 3, new double[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> matrix.times(new double[2]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> matrix.get(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> matrix.row(2)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
