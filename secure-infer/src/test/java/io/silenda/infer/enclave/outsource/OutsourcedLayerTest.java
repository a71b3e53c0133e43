package io.silenda.infer.enclave.outsource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.PrivateInferenceException.Reason;
import io.silenda.infer.graph.Matrix;
import io.silenda.infer.graph.Operator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OutsourcedLayerTest {
  private static final long SEED = 987;
  private static final PrimeField FIELD = PrimeField.MERSENNE_31;
  private static final int ROWS = 5;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final double[] inputs = values(ROWS * 40);
  private final Operator.Dense dense =
      new Operator.Dense(Matrix.of(24, 40, values(24 * 40)), values(24));
  private final QuantizedLayer quantized = QuantizedLayer.of(dense);

  @Test
  void anHonestAnswerIsTheLayersOutput() throws Exception {
    double[] outputs = layer(this::honest).apply(inputs, ROWS);
    for (int row = 0; row < ROWS; row++) {
      double[] x = Arrays.copyOfRange(inputs, row * 40, (row + 1) * 40);
      for (int i = 0; i < 24; i++) {
        double expected = dense.bias(i);
        for (int j = 0; j < 40; j++) {
          expected += dense.weights().get(i, j) * x[j];
        }
        assertThat(outputs[row * 24 + i]).isCloseTo(expected, within(0.005));
      }
    }
  }

  @Test
  void aRowOfZerosGivesTheBias() throws Exception {
    assertThat(layer(this::honest).apply(new double[40], 1)).containsExactly(dense.bias());
  }

  @Test
  void everyLieIsRefusedAndTheLiarIsNotAskedAgain() {
    List<Accelerator> liars =
        List.of(
            (n, in, rows) -> changed(honest(n, in, rows), 0, 1),
            (n, in, rows) -> changed(honest(n, in, rows), 24 * ROWS - 1, FIELD.modulus() - 1),
            (n, in, rows) -> new int[24 * ROWS],
            (n, in, rows) -> honest(n, changed(in, 3, 1), rows),
            (n, in, rows) -> Arrays.copyOf(honest(n, in, rows), 24 * ROWS - 1),
            (n, in, rows) -> outOfRange(honest(n, in, rows)));
    for (int i = 0; i < liars.size(); i++) {
      OutsourcedLayer layer = layer(liars.get(i));
      for (int call = 0; call < 2; call++) {
        assertThatThrownBy(() -> layer.apply(inputs, ROWS))
            .as("liar %d", i)
            .isInstanceOfSatisfying(
                PrivateInferenceException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.ACCELERATOR_CHEATED));
      }
    }
  }

  @Test
  void aSilentAcceleratorIsReported() {
    OutsourcedLayer layer =
        layer(
            (n, in, rows) -> {
              throw new IOException("gone");
            });
    assertThatThrownBy(() -> layer.apply(inputs, ROWS))
        .isInstanceOfSatisfying(
            PrivateInferenceException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.ACCELERATOR_FAILED));
  }

  /**
   * Chi-square of what the accelerator sees, in 64 bins, for the same input again and again: 63
   * degrees of freedom, above 150 with probability below 1e-8.
   */
  @Test
  void whatTheAcceleratorSeesIsUniform() throws Exception {
    List<int[]> seen = new ArrayList<>();
    OutsourcedLayer layer =
        layer(
            (n, in, rows) -> {
              seen.add(in.clone());
              return honest(n, in, rows);
            });
    for (int call = 0; call < 200; call++) {
      layer.apply(inputs, ROWS);
    }
    int[] bins = new int[64];
    for (int[] blinded : seen) {
      for (int value : blinded) {
        bins[value >>> 25]++;
      }
    }
    double expected = 200.0 * inputs.length / bins.length;
    double chiSquare =
        Arrays.stream(bins).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
    assertThat(chiSquare).isLessThan(150);
    assertThat(seen.get(0)).isNotEqualTo(seen.get(1));
  }

  @Test
  void valuesThatAreNotFiniteAreTheCallersMistake() {
    double[] bad = inputs.clone();
    bad[7] = Double.NaN;
    assertThatThrownBy(() -> layer(this::honest).apply(bad, ROWS))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> layer(this::honest).apply(inputs, ROWS + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private OutsourcedLayer layer(Accelerator accelerator) {
    return new OutsourcedLayer(0, quantized, FIELD, 2, accelerator);
  }

  private int[] honest(int number, int[] rows, int count) {
    int[] images = new int[24 * count];
    for (int row = 0; row < count; row++) {
      System.arraycopy(quantized.map().apply(FIELD, rows, row * 40), 0, images, row * 24, 24);
    }
    return images;
  }

  private static int[] changed(int[] values, int at, int by) {
    values[at] = FIELD.add(values[at], by);
    return values;
  }

  private static int[] outOfRange(int[] values) {
    values[2] = -1;
    return values;
  }

  private double[] values(int count) {
    return random.doubles(count, -1, 1).toArray();
  }
}
