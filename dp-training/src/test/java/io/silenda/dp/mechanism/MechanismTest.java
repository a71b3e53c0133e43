package io.silenda.dp.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.dp.accounting.PrivacyEvent.DiscreteGaussian;
import io.silenda.dp.accounting.PrivacyEvent.DiscreteLaplace;
import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MechanismTest {
  private static final long SEED = 99;

  @Test
  void everyOutputIsAMultipleOfTheGridWhateverTheSumIs() {
    Random random = new Random(SEED);
    try (NoiseSource source = NoiseSource.secure()) {
      for (double norm : new double[] {1e-9, 0.3, 1, 1e12}) {
        GaussianMechanism mechanism = GaussianMechanism.of(norm, 1.1, 1000);
        double[] sum =
            random
                .doubles(1000)
                .map(x -> (x - 0.5) * Math.pow(10, random.nextInt(60) - 30))
                .toArray();
        sum[0] = Double.MAX_VALUE;
        NoisedSum noised = mechanism.release(sum, source);
        for (double value : noised.values()) {
          double units = value / noised.grid();
          assertThat(units).isEqualTo(Math.rint(units)).isBetween(-0x1p53, 0x1p53);
        }
        assertThat(Math.scalb(1.0, Math.getExponent(noised.grid()))).isEqualTo(noised.grid());
        assertThat(noised.secretNoise()).isTrue();
      }
    }
  }

  @Test
  void whatIsNoClippedSumIsNotReleased() {
    try (NoiseSource source = NoiseSource.secure()) {
      for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
        assertThatThrownBy(
                () -> GaussianMechanism.of(1, 1, 2).release(new double[] {0, wrong}, source))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("finite");
        assertThatThrownBy(() -> LaplaceMechanism.of(1, 1).release(wrong, source))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void roundingIsPaidForInTheNoise() {
    for (int dimension : new int[] {1, 100, 1 << 20}) {
      for (double multiplier : new double[] {0.01, 0.7, 200}) {
        GaussianMechanism mechanism = GaussianMechanism.of(0.5, multiplier, dimension);
        double sensitivity = 0.5 + Math.sqrt(dimension) * mechanism.grid();
        assertThat(mechanism.noiseDeviation() / sensitivity).isGreaterThanOrEqualTo(multiplier);
        assertThat(mechanism.event()).isEqualTo(new Gaussian(multiplier));
      }
    }
  }

  @Test
  void theGridIsFineWhereTheSamplerAllows() {
    GaussianMechanism mechanism = GaussianMechanism.of(1, 1, 10_000);
    assertThat(mechanism.noiseDeviation()).isBetween(1.0, 1.002);
  }

  @Test
  void aSeededSourceMarksEveryResult() {
    try (NoiseSource seeded = NoiseSource.insecureSeeded(SEED)) {
      assertThat(GaussianMechanism.of(1, 1, 2).release(new double[2], seeded).secretNoise())
          .isFalse();
      assertThat(LaplaceMechanism.of(1, 1).release(0, seeded).secretNoise()).isFalse();
      assertThat(DiscreteMechanism.gaussian(1, 1).release(0, seeded).secretNoise()).isFalse();
    }
  }

  @Test
  void seedsRepeatAndSecretStreamsDoNot() {
    assertThat(draw(NoiseSource.insecureSeeded(SEED)))
        .isEqualTo(draw(NoiseSource.insecureSeeded(SEED)));
    assertThat(draw(NoiseSource.secure())).isNotEqualTo(draw(NoiseSource.secure()));
  }

  @Test
  void mechanismsHandOverTheirOwnEvents() {
    assertThat(DiscreteMechanism.gaussian(2.5, 3).event()).isEqualTo(new DiscreteGaussian(2.5, 3));
    assertThat(DiscreteMechanism.laplace(3, 1, 2).event())
        .isInstanceOfSatisfying(
            DiscreteLaplace.class,
            event -> assertThat(event.parameter()).isGreaterThanOrEqualTo(1.0 / 3));
  }

  @Test
  void aClosedSourceGivesNoMore() {
    NoiseSource source = NoiseSource.secure();
    source.nextLong();
    source.close();
    assertThatIllegalStateException().isThrownBy(source::nextLong);
  }

  @Test
  void wrongArgumentsAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GaussianMechanism.of(1, 0, 1))
        .withMessageContaining("noiseMultiplier");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LaplaceMechanism.of(-1, 1))
        .withMessageContaining("sensitivity");
    try (NoiseSource source = NoiseSource.secure()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> GaussianMechanism.of(1, 1, 2).release(new double[3], source))
          .withMessageContaining("3 numbers, not 2");
    }
  }

  private static double[] draw(NoiseSource source) {
    try (source) {
      return Arrays.copyOf(
          GaussianMechanism.of(1, 1, 8).release(new double[8], source).values(), 8);
    }
  }
}
