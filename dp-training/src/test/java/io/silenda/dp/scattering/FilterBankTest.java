package io.silenda.dp.scattering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterBankTest {
  @ParameterizedTest
  @CsvSource({"1, 8", "2, 8", "3, 4", "2, 12"})
  void waveletsHaveNoMean(int scales, int angles) {
    FilterBank bank = FilterBank.of(scales, angles);
    for (int octave = 0; octave < scales; octave++) {
      assertThat(bank.wavelets(octave)).hasSize(angles);
      for (Kernel wavelet : bank.wavelets(octave)) {
        assertThat(sum(wavelet.real())).isCloseTo(0, within(1e-7));
        assertThat(sum(wavelet.imaginary())).isCloseTo(0, within(1e-7));
      }
    }
  }

  /** At frequencies that are not on the grid that the gain was found on. */
  @ParameterizedTest
  @CsvSource({"1, 8", "2, 8", "3, 4", "2, 16"})
  void squaredResponsesAddUpToAtMostOne(int scales, int angles) {
    FilterBank bank = FilterBank.of(scales, angles);
    assertThat(bank.littlewoodPaleyBound(64 << scales)).isLessThan(1 + 1e-6);
    double largest = 0;
    for (int i = 0; i < 400; i++) {
      double u = Math.PI * (i % 20) / 20 + 0.013;
      double v = Math.PI * (i / 20 - 10) / 10 + 0.007;
      double sum = power(bank.lowPass(0), u, v);
      for (int octave = 0; octave < scales; octave++) {
        for (Kernel wavelet : bank.wavelets(octave)) {
          sum += (power(wavelet, u, v) + power(wavelet, -u, -v)) / 2;
        }
      }
      largest = Math.max(largest, sum);
    }
    // Not far below, either: nothing is thrown away.
    assertThat(largest).isBetween(0.7, 1.0);
  }

  /** Each wavelet answers most to waves of its own octave and direction. */
  @Test
  void waveletsAreTuned() {
    FilterBank bank = FilterBank.of(2, 8);
    for (int octave = 0; octave < 2; octave++) {
      for (int k = 0; k < 8; k++) {
        double frequency = 0.75 * Math.PI / (1 << octave);
        double u = frequency * Math.cos(Math.PI * k / 8);
        double v = frequency * Math.sin(Math.PI * k / 8);
        double own = power(bank.wavelets(octave).get(k), u, v);
        assertThat(own).isGreaterThan(0.8);
        for (int other = 0; other < 8; other++) {
          if (other != k) {
            assertThat(power(bank.wavelets(octave).get(other), u, v)).isLessThan(0.6 * own);
          }
        }
        assertThat(power(bank.wavelets(1 - octave).get(k), u, v)).isLessThan(0.5 * own);
      }
    }
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  /** Squared magnitude of the response at a frequency, by its definition. */
  private static double power(Kernel kernel, double u, double v) {
    float[] real = kernel.real();
    float[] imaginary = kernel.imaginary();
    double re = 0;
    double im = 0;
    for (int i = 0; i < real.length; i++) {
      double phase =
          u * (i % kernel.side() - kernel.radius()) + v * (i / kernel.side() - kernel.radius());
      re += real[i] * Math.cos(phase) + imaginary[i] * Math.sin(phase);
      im += imaginary[i] * Math.cos(phase) - real[i] * Math.sin(phase);
    }
    return re * re + im * im;
  }
}
