package io.silenda.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RankSumTestTest {
  @Test
  void separatedSamplesHaveOneSplitOfAll() {
    double[] low = {1, 2, 3};
    double[] high = {4, 5, 6, 7};
    assertThat(RankSumTest.pValue(low, high)).isCloseTo(1 / 35.0, within(1e-12));
    assertThat(RankSumTest.pValue(high, low)).isCloseTo(1, within(1e-12));
  }

  @Test
  void tiesShareTheirRanks() {
    // Of the six splits of 1, 1, 2, 2 one has both ones, and four have one of them.
    assertThat(RankSumTest.pValue(new double[] {1, 1}, new double[] {2, 2}))
        .isCloseTo(1 / 6.0, within(1e-12));
    assertThat(RankSumTest.pValue(new double[] {1, 2}, new double[] {1, 2}))
        .isCloseTo(5 / 6.0, within(1e-12));
  }

  @Test
  void equalValuesSayNothing() {
    double[] equal = new double[40];
    assertThat(RankSumTest.pValue(equal, equal)).isEqualTo(1);
  }

  @Test
  void approximationMeetsTheExactValue() {
    Random random = new Random(5);
    double[] low = random.doubles(30).toArray();
    double[] high = random.doubles(30).map(value -> value + 0.15).toArray();
    double[] longer = java.util.Arrays.copyOf(high, 31);
    longer[30] = 0.6;
    assertThat(RankSumTest.pValue(low, longer))
        .isCloseTo(RankSumTest.pValue(low, high), within(0.02));
  }
}
