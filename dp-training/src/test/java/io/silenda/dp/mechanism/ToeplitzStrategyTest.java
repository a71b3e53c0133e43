package io.silenda.dp.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ToeplitzStrategyTest {
  private static final long SEED = 2306;

  /**
   * Every allowed pattern of up to nine steps, with contributions that point the same way and with
   * random ones: none moves the encoded sums further, and the worst pattern moves them so far.
   */
  @Test
  void sensitivityIsTheLargestOfAllPatterns() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int steps = 1; steps <= 9; steps++) {
      for (int separation = 1; separation <= steps; separation++) {
        Participation participation = new Participation(steps, separation);
        for (int bands = 1; bands <= separation; bands++) {
          ToeplitzStrategy strategy = ToeplitzStrategy.optimised(bands, participation);
          double worst = 0;
          for (List<Integer> pattern : patterns(steps, separation)) {
            double[] aligned = new double[steps];
            double[][] spread = new double[3][steps];
            for (int step : pattern) {
              aligned[step] = 1;
              double angle = random.nextDouble() * Math.PI;
              double height = random.nextDouble();
              spread[0][step] = Math.cos(angle) * height;
              spread[1][step] = Math.sin(angle) * height;
              spread[2][step] = Math.sqrt(1 - height * height);
            }
            worst = Math.max(worst, Dense.norm(Dense.encoder(strategy, steps), aligned));
            assertThat(Dense.norm(Dense.encoder(strategy, steps), spread))
                .as("seed %d", SEED)
                .isLessThanOrEqualTo(strategy.sensitivity(participation) * (1 + 1e-12));
          }
          assertThat(strategy.sensitivity(participation)).isCloseTo(worst, within(1e-12));
        }
      }
    }
  }

  private static List<List<Integer>> patterns(int steps, int separation) {
    List<List<Integer>> patterns = new ArrayList<>();
    for (int mask = 1; mask < 1 << steps; mask++) {
      List<Integer> pattern = new ArrayList<>();
      int last = -separation;
      boolean allowed = true;
      for (int step = 0; step < steps; step++) {
        if ((mask >> step & 1) == 1) {
          allowed &= step - last >= separation;
          last = step;
          pattern.add(step);
        }
      }
      if (allowed) {
        patterns.add(pattern);
      }
    }
    return patterns;
  }

  @Test
  void participationsAreCountedAsTheyCanOccur() {
    for (int steps = 1; steps <= 9; steps++) {
      for (int separation = 1; separation <= 10; separation++) {
        int most = patterns(steps, separation).stream().mapToInt(List::size).max().orElse(0);
        assertThat(new Participation(steps, separation).most()).isEqualTo(most);
      }
    }
  }

  @Test
  void encoderTimesDecoderIsOne() {
    int steps = 40;
    for (int bands : new int[] {1, 2, 7, 40}) {
      ToeplitzStrategy strategy = ToeplitzStrategy.squareRoot(bands);
      double[][] product =
          Dense.product(Dense.encoder(strategy, steps), Dense.inverse(strategy, steps));
      for (int i = 0; i < steps; i++) {
        for (int j = 0; j < steps; j++) {
          assertThat(product[i][j]).isCloseTo(i == j ? 1 : 0, within(1e-12));
        }
      }
    }
  }

  @Test
  void optimisedIsNoWorseThanTheSquareRootAndOneBandIsIndependentNoise() {
    for (Participation participation :
        List.of(
            new Participation(64, 64), new Participation(400, 50), new Participation(999, 30))) {
      double independent = ToeplitzStrategy.of(1).meanSquaredError(participation);
      assertThat(independent)
          .isCloseTo(participation.most() * (participation.steps() + 1) / 2.0, within(1e-6));
      for (int bands : new int[] {2, 8, 30}) {
        ToeplitzStrategy optimised = ToeplitzStrategy.optimised(bands, participation);
        double error = optimised.meanSquaredError(participation);
        assertThat(error)
            .as("%s, %d bands", participation, bands)
            .isLessThan(ToeplitzStrategy.squareRoot(bands).meanSquaredError(participation) * 1.001)
            .isLessThan(0.7 * independent);
        double[] coefficients = optimised.coefficients();
        assertThat(coefficients[0]).isEqualTo(1);
        for (int k = 1; k < coefficients.length; k++) {
          assertThat(coefficients[k]).isBetween(0.0, coefficients[k - 1]);
          assertThat(coefficients[k] * 0x1p16).isEqualTo(Math.rint(coefficients[k] * 0x1p16));
        }
      }
    }
  }

  /** The error formula against the matrices themselves. */
  @Test
  void errorIsThatOfTheMatrices() {
    int steps = 30;
    Participation participation = new Participation(steps, 12);
    ToeplitzStrategy strategy = ToeplitzStrategy.squareRoot(9);
    double[][] ones = new double[steps][steps];
    for (int i = 0; i < steps; i++) {
      Arrays.fill(ones[i], 0, i + 1, 1);
    }
    double sum = 0;
    for (double[] row : Dense.product(ones, Dense.inverse(strategy, steps))) {
      for (double value : row) {
        sum += value * value;
      }
    }
    double sensitivity = strategy.sensitivity(participation);
    assertThat(strategy.meanSquaredError(participation))
        .isCloseTo(sum / steps * sensitivity * sensitivity, within(1e-9));
  }

  @Test
  void gradientPassesFiniteDifferences() {
    double[] c = ToeplitzStrategy.squareRoot(6).coefficients();
    double[] decoder = new double[25];
    PrefixSums.meanSquaredError(c, decoder);
    double[] gradient = PrefixSums.gradient(c, decoder);
    for (int k = 1; k < c.length; k++) {
      double step = 1e-6;
      double[] up = c.clone();
      double[] down = c.clone();
      up[k] += step;
      down[k] -= step;
      double slope =
          (PrefixSums.meanSquaredError(up, new double[25])
                  - PrefixSums.meanSquaredError(down, new double[25]))
              / (2 * step);
      assertThat(gradient[k]).isCloseTo(slope, within(1e-5 * Math.max(1, Math.abs(slope))));
    }
  }

  @Test
  void wrongStrategiesAreNamed() {
    for (double[] wrong : new double[][] {{2}, {1, -0.1}, {1, 0.5, 0.6}, {1, Double.NaN}, {}}) {
      assertThatIllegalArgumentException().isThrownBy(() -> ToeplitzStrategy.of(wrong));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ToeplitzStrategy.squareRoot(257))
        .withMessageContaining("bands 257 is not from 1 to 256");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ToeplitzStrategy.squareRoot(5).sensitivity(new Participation(9, 4)))
        .withMessageContaining("bands 5 is not from 1 to 4");
  }
}
