package io.silenda.infer.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SparseMatrixTest {
  @Test
  void productOfMapsAppliesTheRightOneFirst() {
    RandomChains chains = new RandomChains(5);
    AffineMap first = map(chains.dense(7, 5));
    AffineMap second = map(chains.dense(3, 7));
    double[] row = chains.rows(1, 5)[0];
    assertThat(second.after(first).apply(row))
        .containsExactly(second.apply(first.apply(row)), within(1e-12));
  }

  private static AffineMap map(Stage.Linear stage) {
    return new AffineMap(stage.matrices().get(0), stage.bias());
  }

  @Test
  void sumsAndTransposesAreThoseOfTheDenseMatrix() {
    SparseMatrix a = new SparseMatrix.Builder(2, 3).add(0, 2, 1).add(1, 0, 2).build();
    SparseMatrix b = new SparseMatrix.Builder(2, 3).add(0, 0, 3).add(0, 2, -1).build();
    assertThat(a.plus(b).times(new double[] {1, 10, 100})).containsExactly(3, 2);
    assertThat(a.plus(b).entryCount()).isEqualTo(2);
    double[] sum = {1, 1, 1};
    a.addTransposedTimes(new double[] {5, 7}, sum);
    assertThat(sum).containsExactly(15, 1, 6);
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
