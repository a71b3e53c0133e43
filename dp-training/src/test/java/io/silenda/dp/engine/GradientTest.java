package io.silenda.dp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.silenda.dp.network.NetworkSpec;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gradients, their norms and their clipped sums, for every kind of layer, on all that multiplies.
 */
class GradientTest {
  private static final long SEED = 20;
  private static final int[] RECORDS = {0, 1, 4, 9, 33};

  static Stream<Arguments> cases() {
    return Backend.all().stream()
        .flatMap(backend -> Cases.all().stream().map(network -> Arguments.of(backend, network)));
  }

  /** Central differences of the summed loss, in ten directions. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void gradientsPassFiniteDifferences(Backend backend, NetworkSpec network) {
    for (int views : List.of(1, 3)) {
      SplittableRandom random = new SplittableRandom(SEED);
      RowSource rows = Cases.rows(network, SEED);
      float[] parameters = Cases.parameters(network, random);
      try (NetworkEngine engine = backend.engine(network, 8, views)) {
        Sum gradient = plain(engine, parameters, rows);
        for (int k = 0; k < 10; k++) {
          double[] direction = direction(random, parameters.length);
          double expected = 0;
          for (int i = 0; i < direction.length; i++) {
            expected += direction[i] * gradient.total()[i];
          }
          double slope = slope(engine, parameters, direction, rows);
          assertThat(slope)
              .as("seed %s, views %s, direction %s", SEED, views, k)
              .isCloseTo(expected, within(0.02 * gradient.norm() + 1e-3));
        }
      }
    }
  }

  private static double[] direction(SplittableRandom random, int length) {
    double[] direction = new double[length];
    double squared = 0;
    for (int i = 0; i < length; i++) {
      direction[i] = random.nextGaussian();
      squared += direction[i] * direction[i];
    }
    for (int i = 0; i < length; i++) {
      direction[i] /= Math.sqrt(squared);
    }
    return direction;
  }

  private static double slope(
      NetworkEngine engine, float[] parameters, double[] direction, RowSource rows) {
    double step = 2e-3;
    return (loss(engine, moved(parameters, direction, step), rows)
            - loss(engine, moved(parameters, direction, -step), rows))
        / (2 * step);
  }

  private static float[] moved(float[] parameters, double[] direction, double by) {
    float[] moved = parameters.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += (float) (by * direction[i]);
    }
    return moved;
  }

  private static double loss(NetworkEngine engine, float[] parameters, RowSource rows) {
    engine.load(parameters);
    ClipCounts counts = new ClipCounts();
    engine.addUnclipped(
        RECORDS, rows, LossFunction.crossEntropy(), new Sum(parameters.length), counts);
    return counts.loss();
  }

  private static Sum plain(NetworkEngine engine, float[] parameters, RowSource rows) {
    engine.load(parameters);
    Sum sum = new Sum(parameters.length);
    engine.addUnclipped(RECORDS, rows, LossFunction.crossEntropy(), sum, new ClipCounts());
    return sum;
  }

  /** The norm of the gradient of a record alone, against what the engine scales it by. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void ghostNormsAreThoseOfMaterialisedGradients(Backend backend, NetworkSpec network) {
    for (int views : List.of(1, 3)) {
      RowSource rows = Cases.rows(network, SEED);
      float[] parameters = Cases.parameters(network, new SplittableRandom(SEED));
      try (NetworkEngine engine = backend.engine(network, 8, views)) {
        engine.load(parameters);
        Sum expected = new Sum(parameters.length);
        double clip = 0.05;
        for (int record : RECORDS) {
          Sum alone = new Sum(parameters.length);
          engine.addUnclipped(
              new int[] {record}, rows, LossFunction.crossEntropy(), alone, new ClipCounts());
          double factor = Math.min(1, clip / alone.norm());
          Sum clipped = clipped(engine, new int[] {record}, rows, clip);
          assertThat(clipped.norm())
              .as("seed %s, views %s, record %s", SEED, views, record)
              .isCloseTo(factor * alone.norm(), within(1e-4 * clip));
          for (int i = 0; i < parameters.length; i++) {
            expected.total()[i] += factor * alone.total()[i];
          }
        }
        Sum together = clipped(engine, RECORDS, rows, clip);
        assertThat(together.distance(expected)).isLessThan(1e-4 * clip * RECORDS.length);
      }
    }
  }

  private static Sum clipped(NetworkEngine engine, int[] records, RowSource rows, double norm) {
    Sum sum = new Sum(engine.parameterCount());
    engine.addClipped(
        records, rows, LossFunction.crossEntropy(), ClipRule.flat(norm), sum, new ClipCounts());
    return sum;
  }

  @Test
  void partsKeepToTheirRangeOfIndices() {
    int[] records = new SplittableRandom(SEED).ints(500, 0, 60_000).sorted().distinct().toArray();
    int[] covered = {0};
    Recursion.split(
        records,
        32,
        (from, to) -> {
          assertThat(from).isEqualTo(covered[0]);
          assertThat(to - from).isBetween(1, 32);
          covered[0] = to;
        });
    assertThat(covered[0]).isEqualTo(records.length);
  }
}
