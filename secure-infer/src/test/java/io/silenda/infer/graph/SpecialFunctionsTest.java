package io.silenda.infer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpecialFunctionsTest {
  @Test
  void knowsTheErrorFunction() {
    // Abramowitz and Stegun, table 7.1, and its complement at 3 and 4.
    double[][] known = {
      {0, 0},
      {0.02, 0.0225645747},
      {0.5, 0.5204998778},
      {1, 0.8427007929},
      {1.5, 0.9661051465},
      {2, 0.9953222650},
      {2.5, 0.9995930480},
      {3, 0.9999779095},
      {4, 0.9999999846},
    };
    for (double[] point : known) {
      assertThat(SpecialFunctions.erf(point[0])).isCloseTo(point[1], within(1e-10));
      assertThat(SpecialFunctions.erf(-point[0])).isCloseTo(-point[1], within(1e-10));
    }
    assertThat(SpecialFunctions.erf(50)).isEqualTo(1);
    assertThat(SpecialFunctions.erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
    assertThat(SpecialFunctions.erf(Double.NaN)).isNaN();
  }

  @Test
  void joinsBothBranchesOfTheErrorFunction() {
    double below = SpecialFunctions.erf(Math.nextDown(2.5));
    assertThat(SpecialFunctions.erf(2.5)).isCloseTo(below, within(1e-14));
  }

  @Test
  void survivesLargeArguments() {
    assertThat(SpecialFunctions.sigmoid(-800)).isZero();
    assertThat(SpecialFunctions.sigmoid(800)).isEqualTo(1);
    assertThat(SpecialFunctions.sigmoid(0)).isEqualTo(0.5);
    assertThat(SpecialFunctions.softplus(800)).isEqualTo(800);
    assertThat(SpecialFunctions.softplus(-800)).isZero();
    assertThat(SpecialFunctions.softplus(0)).isCloseTo(Math.log(2), within(1e-15));
  }
}
