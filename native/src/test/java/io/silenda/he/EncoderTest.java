package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderTest {
  private static CkksContext context;
  private static Encoder encoder;

  @BeforeAll
  static void open() {
    context = CkksContext.create(HeFixture.DEGREE_8192);
    encoder = new Encoder(context);
  }

  @AfterAll
  static void close() {
    context.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void roundTripsAtEveryLevel(int level) {
    double[] values = HeFixture.randomValues(new Random(level), 4096);
    try (Plaintext plaintext = encoder.encode(values, level, 0x1p30)) {
      assertThat(plaintext.level()).isEqualTo(level);
      assertThat(plaintext.scale()).isEqualTo(0x1p30);
      assertThat(plaintext.nativeBytes()).isEqualTo(8L * 8192 * (level + 1));
      // Rounding 8192 coefficients: a deviation of sqrt(8192 / 24) in each slot, ten of them
      // allowed.
      assertThat(HeFixture.maxError(encoder.decode(plaintext), values))
          .isLessThan(10 * Math.sqrt(8192 / 24.0) / 0x1p30);
    }
  }

  @Test
  void padsWithZeros() {
    try (Plaintext plaintext = encoder.encode(new double[] {1, -2}, 1, 0x1p40)) {
      double[] decoded = encoder.decode(plaintext);
      assertThat(decoded).hasSize(4096);
      assertThat(decoded[0]).isCloseTo(1, Offset.offset(1e-8));
      assertThat(Arrays.stream(decoded, 2, 4096).map(Math::abs).max().orElse(1)).isLessThan(1e-8);
    }
  }

  @Test
  void encodesNothingAsZeros() {
    try (Plaintext plaintext = encoder.encode(new double[0], 0, 0x1p30)) {
      assertThat(encoder.decode(plaintext)).containsOnly(0);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesWhatIsNotFinite(double bad) {
    assertThatThrownBy(() -> encoder.encode(new double[] {1, 2, bad}, 4, 0x1p30))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("values[2] is not a finite number");
  }

  @Test
  void coefficientsBeyond62BitsKeepThePrecisionOfDoubles() {
    double[] values = new double[4096];
    Arrays.setAll(values, i -> Math.sin(i) * (i % 7));
    for (double scale : new double[] {0x1p59, 0x1p62, 0x1p75, 0x1.3p90}) {
      try (Plaintext plaintext = encoder.encode(values, 4, scale)) {
        assertThat(encoder.decode(plaintext)).containsExactly(values, within(1e-12));
      }
    }
  }

  @Test
  void refusesValuesBeyondAQuarterOfTheModulus() {
    double quarter = context.dataPrimes()[0] / 4.0;
    encoder.encode(new double[] {0.99 * quarter / 0x1p30}, 0, 0x1p30).close();
    assertThatThrownBy(() -> encoder.encode(new double[] {1.01 * quarter / 0x1p30}, 0, 0x1p30))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("values[0]")
        .hasMessageContaining("2^47.00");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 0x1p60})
  void refusesScalesOutOfRange(double scale) {
    assertThatThrownBy(() -> encoder.encode(new double[] {1e-30}, 0, scale))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scale");
  }

  @Test
  void refusesTooManyValuesAndUnknownLevels() {
    assertThatThrownBy(() -> encoder.encode(new double[4097], 4, 0x1p30))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4097")
        .hasMessageContaining("4096 slots");
    assertThatThrownBy(() -> encoder.encode(new double[1], 5, 0x1p30))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("level 5 is not in 0..4");
    assertThatThrownBy(() -> encoder.encode(new double[1], -1, 0x1p30))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesPlaintextsOfAnotherContext() {
    try (CkksContext other = CkksContext.create(HeFixture.DEGREE_8192);
        Plaintext plaintext = new Encoder(other).encode(new double[] {1}, 0, 0x1p30)) {
      assertThatThrownBy(() -> encoder.decode(plaintext))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("plaintext belongs to context");
    }
  }

  @Test
  void refusesToWorkAfterItsContextIsClosed() {
    CkksContext closed = CkksContext.create(HeFixture.DEGREE_4096);
    Encoder late = new Encoder(closed);
    closed.close();
    assertThatThrownBy(() -> late.encode(new double[] {1}, 0, 0x1p30))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("CkksContext is closed");
  }
}
