package io.silenda.infer.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SparseMatrixTest {
  @Test
  void productOfMapsAppliesTheRightOneFirst() {
    RandomChains chains = new RandomChains(5);
    AffineMap first = chains.dense(7, 5).map();
    AffineMap second = chains.dense(3, 7).map();
    double[] row = chains.rows(1, 5)[0];
    assertThat(second.after(first).apply(row))
        .containsExactly(second.apply(first.apply(row)), within(1e-12));
  }

  @Test
  void zerosAreNotStored() {
    SparseMatrix matrix =
        new SparseMatrix.Builder(3, 3).add(0, 0, 1).add(1, 1, 0).add(2, 2, 4).build();
    assertThat(matrix.entryCount()).isEqualTo(2);
    assertThat(matrix.times(new double[] {1, 1, 1})).containsExactly(1, 0, 4);
  }

  @Test
  void entriesOutsideOrOutOfOrderAreRefused() {
    SparseMatrix.Builder builder = new SparseMatrix.Builder(2, 2).add(1, 0, 1);
    assertThatThrownBy(() -> builder.add(0, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.add(1, 2, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
