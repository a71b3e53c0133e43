package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityTableTest {
  @ParameterizedTest
  @CsvSource({"1024,26", "2048,53", "4096,106", "8192,214", "16384,430", "32768,868", "65536,1747"})
  void holdsThePublishedBounds(int degree, int bits) {
    assertThat(SecurityTable.maxModulusBits(degree)).isEqualTo(bits);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -8192, 512, 8191, 131072})
  void refusesOtherDegrees(int degree) {
    assertThatThrownBy(() -> SecurityTable.maxModulusBits(degree))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("polyModulusDegree " + degree)
        .hasMessageContaining("1024..65536");
  }

  @Test
  void boundsGrowWithTheDegree() {
    for (int degree = 2048; degree <= 65536; degree *= 2) {
      assertThat(SecurityTable.maxModulusBits(degree))
          .isGreaterThan(2 * SecurityTable.maxModulusBits(degree / 2) - 1);
    }
  }
}
