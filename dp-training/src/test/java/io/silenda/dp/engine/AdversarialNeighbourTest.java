package io.silenda.dp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.dp.network.NetworkSpec;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One record that wants to be seen, of any magnitude, moves the sum by no more than its norm. */
class AdversarialNeighbourTest {
  private static final long SEED = 21;
  private static final double CLIP = 1;

  static Stream<Arguments> cases() {
    return Backend.all().stream()
        .flatMap(backend -> Cases.all().stream().map(network -> Arguments.of(backend, network)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void aRecordMovesTheSumByAtMostTheClippingNorm(Backend backend, NetworkSpec network) {
    SplittableRandom random = new SplittableRandom(SEED);
    int[] without = {1, 2, 5, 8, 13, 21, 34, 55, 89, 100, 144, 200, 233, 300, 377, 400, 500, 610};
    int[] with = Arrays.copyOf(without, without.length + 1);
    with[without.length] = 60;
    Arrays.sort(with);
    try (NetworkEngine engine = backend.engine(network, 32, 1)) {
      engine.load(Cases.parameters(network, random));
      double bound = CLIP + engine.roundingSensitivity(ClipRule.flat(CLIP));
      assertThat(bound).isLessThan(1.03 * CLIP);
      for (int power = -30; power <= 30; power += 6) {
        float size = (float) Math.pow(10, power);
        RowSource rows = adversary(network, random, size);
        Sum before = sum(engine, without, rows);
        Sum after = sum(engine, with, rows);
        assertThat(after.norm()).isFinite();
        assertThat(after.distance(before))
            .as("seed %s, magnitude %s", SEED, size)
            .isLessThanOrEqualTo(bound);
      }
    }
  }

  private static RowSource adversary(NetworkSpec network, SplittableRandom random, float size) {
    RowSource usual = Cases.rows(network, SEED);
    long seed = random.nextLong();
    return new RowSource() {
      @Override
      public void copyRow(int record, int view, float[] buffer, int at) {
        usual.copyRow(record, view, buffer, at);
        SplittableRandom coins = new SplittableRandom(seed);
        for (int i = at; record == 60 && i < at + network.input().elements(); i++) {
          buffer[i] = coins.nextInt(3) == 0 ? size : coins.nextInt(2) == 0 ? -size : 1 / size;
        }
      }

      @Override
      public void copyTarget(int record, float[] buffer, int at) {
        usual.copyTarget(record, buffer, at);
      }
    };
  }

  private static Sum sum(NetworkEngine engine, int[] records, RowSource rows) {
    Sum sum = new Sum(engine.parameterCount());
    engine.addClipped(
        records, rows, LossFunction.crossEntropy(), ClipRule.flat(CLIP), sum, new ClipCounts());
    return sum;
  }
}
