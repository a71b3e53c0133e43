package io.silenda.dp.accounting.pld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.silenda.dp.accounting.pld.RealFft.Spectrum;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealFftTest {
  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16, 32, 64, 128, 1024, 2048})
  void isTheSumThatDefinesIt(int length) {
    double[] values = new Random(length).doubles(length, -1, 1).toArray();
    Spectrum spectrum = RealFft.ofLength(length).forward(values);
    assertThat(spectrum.re()).hasSize(length / 2 + 1);
    for (int k = 0; k <= length / 2; k++) {
      double re = 0;
      double im = 0;
      for (int j = 0; j < length; j++) {
        double angle = 2 * Math.PI * ((long) j * k % length) / length;
        re += values[j] * Math.cos(angle);
        im -= values[j] * Math.sin(angle);
      }
      assertThat(spectrum.re()[k]).as("real part %d", k).isCloseTo(re, within(1e-12 * length));
      assertThat(spectrum.im()[k]).as("imaginary part %d", k).isCloseTo(im, within(1e-12 * length));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 64, 2048, 1 << 15, 1 << 18, 1 << 20})
  void comesBackWithinTwiceItsBound(int length) {
    double[] values = new Random(length).doubles(length, -1, 1).toArray();
    double[] copy = values.clone();
    RealFft fft = RealFft.ofLength(length);
    double[] back = fft.inverse(fft.forward(values));
    assertThat(values).isEqualTo(copy);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < length; i++) {
      difference += (back[i] - values[i]) * (back[i] - values[i]);
      norm += values[i] * values[i];
    }
    assertThat(Math.sqrt(difference / norm)).isLessThan(2 * RealFft.relativeError(length));
  }

  @ParameterizedTest
  @ValueSource(ints = {-4, 0, 1, 2, 3, 12, 1000})
  void refusesOtherLengths(int length) {
    assertThatThrownBy(() -> RealFft.ofLength(length))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("length " + length);
  }
}
