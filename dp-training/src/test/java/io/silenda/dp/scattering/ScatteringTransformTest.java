package io.silenda.dp.scattering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.silenda.dp.blas.Blas;
import io.silenda.dp.network.LayerSpec.Scattering;
import io.silenda.dp.network.TensorShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScatteringTransformTest {
  private static final long SEED = 20261122;

  @Test
  void digitsBecome81MapsOf7Times7() {
    try (ScatteringTransform transform =
        ScatteringTransform.of(new Scattering(2, 8, 27), TensorShape.of(1, 28, 28))) {
      assertThat(transform.output()).isEqualTo(TensorShape.of(81, 7, 7));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 2, 1, 6, 4", "2, 8, 1, 12, 8", "3, 3, 2, 16, 8"})
  void equalsSlowConvolutions(int scales, int angles, int channels, int height, int width) {
    Scattering spec = new Scattering(scales, angles, 0);
    TensorShape shape = TensorShape.of(channels, height, width);
    float[] image = image(shape, new SplittableRandom(SEED));
    List<Double> expected = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      double[][] map = new double[height][width];
      for (int i = 0; i < height * width; i++) {
        map[i / width][i % width] = image[c * height * width + i];
      }
      expected.addAll(SlowScattering.of(FilterBank.of(scales, angles), map));
    }
    for (Blas blas : List.of(Blas.java(), Blas.chosen())) {
      float[] features = features(spec, shape, image, blas);
      assertThat(features).hasSize(expected.size());
      for (int i = 0; i < features.length; i++) {
        assertThat((double) features[i])
            .as("seed %d, place %d, %s", SEED, i, blas.name())
            .isCloseTo(expected.get(i), within(2e-6));
      }
    }
  }

  @Test
  void distancesDoNotGrow() {
    Scattering spec = new Scattering(2, 8, 0);
    TensorShape shape = TensorShape.of(1, 28, 28);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 10; i++) {
      float[] one = image(shape, random);
      float[] other = one.clone();
      for (int k = 0; k < other.length; k += 1 + i) {
        other[k] += (float) random.nextGaussian();
      }
      float[] features = features(spec, shape, one, Blas.chosen());
      assertThat(distance(features, features(spec, shape, other, Blas.chosen())))
          .as("seed %d", SEED)
          .isLessThanOrEqualTo(distance(one, other) * (1 + 1e-5));
    }
  }

  /** A blob moved by a pixel: pixels change a lot, features little. */
  @Test
  void smallTranslationsHardlyMatter() {
    Scattering spec = new Scattering(2, 8, 0);
    TensorShape shape = TensorShape.of(1, 28, 28);
    float[] one = bar(13);
    float[] moved = bar(14);
    float[] features = features(spec, shape, one, Blas.chosen());
    float[] after = features(spec, shape, moved, Blas.chosen());
    double ofPixels = distance(one, moved) / distance(one, new float[one.length]);
    double ofFeatures = distance(features, after) / distance(features, new float[features.length]);
    assertThat(ofPixels).isGreaterThan(0.7);
    assertThat(ofFeatures).isLessThan(ofPixels / 3);
  }

  @Test
  void groupsHaveMeanZeroAndVarianceOne() {
    TensorShape shape = TensorShape.of(1, 28, 28);
    float[] image = image(shape, new SplittableRandom(SEED));
    float[] plain = features(new Scattering(2, 8, 0), shape, image, Blas.chosen());
    float[] normal = features(new Scattering(2, 8, 27), shape, image, Blas.chosen());
    int length = 3 * 49;
    for (int group = 0; group < 27; group++) {
      float[] before = Arrays.copyOfRange(plain, group * length, (group + 1) * length);
      double mean = mean(before);
      double variance = 0;
      for (float each : before) {
        variance += (each - mean) * (each - mean) / length;
      }
      for (int i = 0; i < length; i++) {
        assertThat((double) normal[group * length + i])
            .isCloseTo(
                (before[i] - mean) / Math.sqrt(variance + ScatteringTransform.EPSILON),
                within(1e-4));
      }
    }
  }

  /** What else went through the transform before must not show. */
  @Test
  void featuresDependOnTheImageAlone() {
    TensorShape shape = TensorShape.of(1, 28, 28);
    SplittableRandom random = new SplittableRandom(SEED);
    float[] image = image(shape, random);
    try (ScatteringTransform transform = ScatteringTransform.of(new Scattering(2, 8, 27), shape)) {
      float[] first = new float[81 * 49];
      float[] again = new float[81 * 49 + 5];
      transform.apply(image, first, 0);
      transform.apply(image(shape, random), again, 5);
      transform.apply(image, again, 5);
      assertThat(Arrays.copyOfRange(again, 5, again.length)).isEqualTo(first);
    }
  }

  @Test
  void imagesThatDoNotFitAreRefused() {
    Scattering spec = new Scattering(2, 8, 27);
    assertThatThrownBy(() -> ScatteringTransform.of(spec, TensorShape.of(1, 28, 30)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sides that are multiples of 4");
    assertThatThrownBy(
            () -> ScatteringTransform.of(new Scattering(2, 8, 2), TensorShape.of(1, 28, 28)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("groups that divide 81");
    assertThatThrownBy(() -> new Scattering(4, 8, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scales 4 is not from 1 to 3");
  }

  private static float[] features(Scattering spec, TensorShape shape, float[] image, Blas blas) {
    try (ScatteringTransform transform = ScatteringTransform.on(blas, spec, shape)) {
      float[] features = new float[transform.output().elements()];
      transform.apply(image, features, 0);
      return features;
    }
  }

  private static float[] image(TensorShape shape, SplittableRandom random) {
    float[] image = new float[shape.elements()];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.nextDouble();
    }
    return image;
  }

  /** A vertical bar of one pixel. */
  private static float[] bar(int column) {
    float[] image = new float[28 * 28];
    for (int row = 6; row < 22; row++) {
      image[row * 28 + column] = 1;
    }
    return image;
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (double) (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
