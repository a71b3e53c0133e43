package io.silenda.infer.enclave.outsource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.infer.graph.ConvolutionGeometry;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FieldMapTest {
  private static final long SEED = 986;
  private static final PrimeField FIELD = PrimeField.MERSENNE_31;

  private final SplittableRandom random = new SplittableRandom(SEED);

  /** Padding, strides, dilation and groups, all different in both directions. */
  private final ConvolutionMap convolution =
      convolution(new ConvolutionGeometry(4, 9, 7, 6, 4, 7, 3, 2, 2, 1, 1, 1, 1, 2, 2));

  private final DenseMap dense = new DenseMap(13, 37, weights(13 * 37));

  @Test
  void theTransposedMapIsTheAdjoint() {
    for (FieldMap map : List.of(convolution, dense)) {
      int[] x = residues(map.inputSize());
      int[] s = residues(map.outputSize());
      assertThat(FIELD.dot(s, map.apply(FIELD, x, 0), 0))
          .isEqualTo(FIELD.dot(map.applyTransposed(FIELD, s), x, 0));
    }
  }

  @Test
  void theRuntimeMultipliesExactly() throws Exception {
    List<FieldMap> maps = List.of(convolution, dense);
    try (RuntimeAccelerator accelerator = RuntimeAccelerator.open(FIELD, maps, 1)) {
      for (int layer = 0; layer < maps.size(); layer++) {
        FieldMap map = maps.get(layer);
        int[] rows = residues(3 * map.inputSize());
        int[] images = accelerator.multiply(layer, rows, 3);
        for (int row = 0; row < 3; row++) {
          int size = map.outputSize();
          int[] image = java.util.Arrays.copyOfRange(images, row * size, (row + 1) * size);
          assertThat(image).isEqualTo(map.apply(FIELD, rows, row * map.inputSize()));
        }
      }
    }
  }

  @Test
  void weightsMustBeSmallAndAsManyAsTheSizesSay() {
    assertThatThrownBy(() -> new DenseMap(1, 2, new int[] {1, 1 << 15}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DenseMap(2, 2, new int[3]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ConvolutionMap(convolution.geometry(), new int[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private ConvolutionMap convolution(ConvolutionGeometry geometry) {
    return new ConvolutionMap(geometry, weights(geometry.weightCount()));
  }

  private int[] weights(int count) {
    return random.ints(count, -2048, 2049).toArray();
  }

  private int[] residues(int count) {
    return random.ints(count, 0, FIELD.modulus()).toArray();
  }
}
