package io.silenda.attest.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SizeBucketsTest {
  @Test
  void smallSizesLookAlike() {
    for (int length = 0; length <= 1024; length++) {
      assertThat(SizeBuckets.padded(length)).isEqualTo(1024);
    }
  }

  /** Padmé by its definition: the last E - S bits of the size are zero. */
  @Test
  void sizesRoundUpByAtMostTwelvePercent() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 100_000; i++) {
      long length = 1025 + (random.nextLong(1L << 50) >>> random.nextInt(40));
      long padded = SizeBuckets.padded(length);
      assertThat(padded).isGreaterThanOrEqualTo(length);
      assertThat((padded - length) * 100).as("%d", length).isLessThanOrEqualTo(12 * length);
      assertThat(SizeBuckets.padded(padded)).isEqualTo(padded);
    }
  }

  @Test
  void aMegabyteHasFewSizes() {
    TreeSet<Long> sizes = new TreeSet<>();
    for (long length = 0; length <= 1 << 20; length++) {
      sizes.add(SizeBuckets.padded(length));
    }
    assertThat(sizes).hasSizeLessThan(230);
  }
}
