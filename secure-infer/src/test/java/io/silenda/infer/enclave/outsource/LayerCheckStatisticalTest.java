package io.silenda.infer.enclave.outsource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * How often wrong answers pass, in fields so small that it happens. Secrets are truly random: each
 * test fails by chance with probability below 1e-9 (6.1 standard deviations of a binomial count,
 * whose mean is above 100).
 */
class LayerCheckStatisticalTest {
  private static final double DEVIATIONS = 6.1;

  private final RandomResidues random = new RandomResidues();
  private final DenseMap map = new DenseMap(2, 3, new int[] {5, -7, 11, 2, 0, -3});

  @Test
  void anErrorPassesOneCheckAsOftenAsStated() {
    assertPasses(new PrimeField(251), 1, new int[] {1, 0}, 40_000);
    assertPasses(new PrimeField(251), 1, new int[] {17, 230}, 40_000);
  }

  @Test
  void anErrorPassesTwoChecksAsOftenAsStated() {
    assertPasses(new PrimeField(13), 2, new int[] {0, 5}, 40_000);
  }

  @Test
  void aRightAnswerAlwaysPasses() {
    PrimeField field = new PrimeField(13);
    for (int i = 0; i < 2_000; i++) {
      assertThat(passes(field, 2, new int[] {0, 0})).isTrue();
    }
  }

  private void assertPasses(PrimeField field, int checks, int[] error, int trials) {
    int passed = 0;
    for (int i = 0; i < trials; i++) {
      passed += passes(field, checks, error) ? 1 : 0;
    }
    double probability = Math.pow(field.modulus(), -checks);
    double mean = trials * probability;
    double deviation = Math.sqrt(mean * (1 - probability));
    assertThat((double) passed)
        .isBetween(mean - DEVIATIONS * deviation, mean + DEVIATIONS * deviation);
  }

  private boolean passes(PrimeField field, int checks, int[] error) {
    int[] x = new int[map.inputSize()];
    random.fill(field, x);
    int[] y = map.apply(field, x, 0);
    for (int i = 0; i < y.length; i++) {
      y[i] = field.add(y[i], error[i]);
    }
    return new LayerCheck(map, field, checks, random).passes(x, y, 1);
  }
}
