package io.silenda.infer.approx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeastSquaresTest {
  private static final long SEED = 5;

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 15, 31})
  void theErrorIsOrthogonalToEveryPolynomial(int degree) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] points = random.doubles(400, -1, 1).toArray();
    double[] weights = random.doubles(400, 0.001, 1).toArray();
    double[] fit = LeastSquares.fit(Math::abs, degree, points, weights);
    double[] products = new double[degree + 1];
    for (int i = 0; i < points.length; i++) {
      double error = Math.abs(points[i]) - ChebyshevSeries.valueAt(fit, points[i]);
      double[] basis = ChebyshevSeries.basisAt(degree, points[i]);
      for (int k = 0; k <= degree; k++) {
        products[k] += weights[i] * error * basis[k];
      }
    }
    assertThat(Arrays.stream(products).map(Math::abs).max().orElseThrow())
        .as("seed %d", SEED)
        .isLessThan(1e-9);
  }

  @Test
  void chebyshevNodesGiveTheCosineSums() {
    int count = 64;
    double[] points = new double[count];
    double[] weights = new double[count];
    Arrays.fill(weights, 1);
    for (int i = 0; i < count; i++) {
      points[i] = Math.cos(Math.PI * (i + 0.5) / count);
    }
    double[] fit = LeastSquares.fit(Math::exp, 5, points, weights);
    for (int k = 0; k <= 5; k++) {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += Math.exp(points[i]) * Math.cos(k * Math.PI * (i + 0.5) / count);
      }
      assertThat(fit[k]).isCloseTo((k == 0 ? 1 : 2) * sum / count, within(1e-12));
    }
    // The modified Bessel function I₁(1), twice: the known coefficient of e^x.
    assertThat(fit[1]).isCloseTo(2 * 0.5651591039924851, within(1e-9));
  }

  @Test
  void weightsDrawThePolynomialNear() {
    double[] points = ActivationInputs.binCentres();
    double[] left = new double[points.length];
    double[] even = new double[points.length];
    for (int i = 0; i < points.length; i++) {
      left[i] = points[i] < 0 ? 1 : 1e-6;
      even[i] = 1;
    }
    double[] near = LeastSquares.fit(Math::exp, 2, points, left);
    double[] spread = LeastSquares.fit(Math::exp, 2, points, even);
    assertThat(Math.abs(ChebyshevSeries.valueAt(near, -0.5) - Math.exp(-0.5)))
        .isLessThan(0.3 * Math.abs(ChebyshevSeries.valueAt(spread, -0.5) - Math.exp(-0.5)));
  }

  @Test
  void tooFewPointsAreRefused() {
    assertThatThrownBy(() -> LeastSquares.fit(Math::abs, 2, new double[2], new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 points");
  }
}
