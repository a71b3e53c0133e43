package io.silenda.dp.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PoissonSamplerTest {
  private static final long SEED = 22;

  /** Five deviations: a false alarm in two million for each rate. */
  @Test
  void everyRecordIsInWithTheRate() {
    try (NoiseSource source = NoiseSource.insecureSeeded(SEED)) {
      for (double rate : new double[] {0.001, 0.1, 1.0 / 3, 0.5, 0.9}) {
        PoissonSampler sampler = new PoissonSampler(rate);
        int records = 1000;
        int draws = 500;
        int[] counts = new int[records];
        long all = 0;
        for (int i = 0; i < draws; i++) {
          for (int record : sampler.sample(records, source)) {
            counts[record]++;
            all++;
          }
        }
        double n = (double) records * draws;
        assertThat(all / n).isCloseTo(rate, within(5 * Math.sqrt(rate * (1 - rate) / n)));
        // A record's count is within eight deviations: rarer than one in 10^14 for the largest.
        for (int count : counts) {
          double deviation = Math.sqrt(draws * rate * (1 - rate));
          assertThat((double) count).isCloseTo(draws * rate, within(8 * deviation + 12));
        }
      }
    }
  }

  @Test
  void rateOneTakesAll() {
    try (NoiseSource source = NoiseSource.insecureSeeded(SEED)) {
      assertThat(new PoissonSampler(1).sample(130, source)).hasSize(130).doesNotHaveDuplicates();
      assertThat(new PoissonSampler(0.5).sample(0, source)).isEmpty();
    }
  }
}
