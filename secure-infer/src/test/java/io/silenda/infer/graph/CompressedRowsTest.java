package io.silenda.infer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompressedRowsTest {
  // Row 1 is empty; a zero is given for (2, 0).
  private final CompressedRows matrix =
      new CompressedRows.Builder(4, 3)
          .add(0, 0, 2)
          .add(0, 2, -1)
          .add(2, 0, 0)
          .add(2, 1, 5)
          .add(3, 2, 4)
          .build();

  @Test
  void storesOnlyWhatIsNotZero() {
    List<String> entries = new ArrayList<>();
    matrix.forEach((row, column, value) -> entries.add(row + "," + column + "=" + value));
    assertThat(entries).containsExactly("0,0=2.0", "0,2=-1.0", "2,1=5.0", "3,2=4.0");
    assertThat(matrix).hasToString("4x3 matrix, 4 entries");
    assertThat(matrix.times(new double[] {1, 2, 3})).containsExactly(-1, 0, 10, 12);
  }

  @Test
  void mapsEntries() {
    assertThat(matrix.map((row, column, value) -> value + row).times(new double[] {1, 1, 1}))
        .containsExactly(1, 0, 7, 7);
    assertThat(matrix.isFinite()).isTrue();
    assertThat(matrix.map((row, column, value) -> Double.NaN).isFinite()).isFalse();
  }

  @Test
  void comparesByValue() {
    CompressedRows same = matrix.map((row, column, value) -> value);
    assertThat(same).isEqualTo(matrix).hasSameHashCodeAs(matrix);
    assertThat(matrix.map((row, column, value) -> -value)).isNotEqualTo(matrix);
  }

  @Test
  void refusesEntriesOutOfOrderOrOutside() {
    CompressedRows.Builder builder = new CompressedRows.Builder(2, 2).add(0, 1, 1);
    for (int[] position : new int[][] {{0, 1}, {0, 0}, {2, 0}, {1, 2}, {1, -1}, {-1, 0}}) {
      assertThatThrownBy(() -> builder.add(position[0], position[1], 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("out of order");
    }
    assertThatThrownBy(() -> new CompressedRows.Builder(0, 2)).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> matrix.times(new double[2])).hasMessageContaining("must be 3");
    assertThatThrownBy(() -> new SparseAffine(matrix, new double[3]))
        .hasMessageContaining("bias has length 3, must be 4");
  }
}
