package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CkksParametersTest {
  @Test
  void describesItself() {
    CkksParameters parameters = HeFixture.DEGREE_8192;
    assertThat(parameters)
        .hasToString("CKKS N=8192, primes {49,34,25,34,24}+48 = 214 bits, 128-bit");
    assertThat(parameters.polyModulusDegree()).isEqualTo(8192);
    assertThat(parameters.slotCount()).isEqualTo(4096);
    assertThat(parameters.maxLevel()).isEqualTo(4);
    assertThat(parameters.totalModulusBits()).isEqualTo(214);
    assertThat(parameters.securityBits()).isEqualTo(128);
    assertThat(parameters.dataPrimeBits()).containsExactly(49, 34, 25, 34, 24);
    assertThat(parameters.specialPrimeBits()).containsExactly(48);
  }

  @ParameterizedTest
  @ValueSource(ints = {2048, 4096, 8192, 16384, 32768, 65536})
  void acceptsTheExactBoundAndRefusesOneBitMore(int degree) {
    int bound = SecurityTable.maxModulusBits(degree);
    List<Integer> bits = split(bound);
    int special = bits.remove(bits.size() - 1);
    assertThat(CkksParameters.of(degree, bits, special).totalModulusBits()).isEqualTo(bound);

    bits.set(0, bits.get(0) + 1);
    assertThatThrownBy(() -> CkksParameters.of(degree, bits, special))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining((bound + 1) + " bits")
        .hasMessageContaining(String.valueOf(bound));
  }

  @Test
  void theSpecialPrimeCounts() {
    assertThat(CkksParameters.of(4096, List.of(36, 34), 36).totalModulusBits()).isEqualTo(106);
    assertThatThrownBy(() -> CkksParameters.of(4096, List.of(36, 34), 37))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void severalSpecialPrimesCountAndShow() {
    CkksParameters parameters = CkksParameters.of(8192, List.of(50, 40, 30), List.of(46, 48));
    assertThat(parameters)
        .hasToString("CKKS N=8192, primes {50,40,30}+{46,48} = 214 bits, 128-bit")
        .isNotEqualTo(CkksParameters.of(8192, List.of(50, 40, 30, 46), 48));
    assertThat(parameters.specialPrimeBits()).containsExactly(46, 48);
    assertThat(parameters.maxLevel()).isEqualTo(2);
    assertThatThrownBy(() -> CkksParameters.of(8192, List.of(50, 40, 30), List.of(47, 48)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("215 bits");
  }

  @Test
  void refusesTooManyAndTooFewSpecialPrimes() {
    assertThatThrownBy(() -> CkksParameters.of(16384, List.of(40, 40), List.of(40, 40, 40)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("specialPrimeBits has 3 entries, not 1..2");
    assertThatThrownBy(() -> CkksParameters.of(16384, List.of(40, 40), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("specialPrimeBits has 0 entries, not 1..2");
    assertThatThrownBy(() -> CkksParameters.of(16384, List.of(40, 40), List.of(40, 51)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("specialPrimeBits[1] is 51, not in 20..50");
    List<Integer> sixty = Collections.nCopies(60, 20);
    assertThatThrownBy(() -> CkksParameters.of(65536, sixty, Collections.nCopies(5, 20)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("specialPrimeBits has 5 entries, not 1..4");
  }

  @Test
  void refusesPrimeSizesOutsideTheRange() {
    assertThatThrownBy(() -> CkksParameters.of(8192, List.of(40, 51), 40))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dataPrimeBits[1] is 51, not in 20..50");
    assertThatThrownBy(() -> CkksParameters.of(8192, List.of(40), 19))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("specialPrimeBits[0] is 19, not in 20..50");
    assertThatThrownBy(() -> CkksParameters.of(8192, List.of(), 40))
        .isInstanceOf(IllegalArgumentException.class);
    List<Integer> many = Collections.nCopies(64, 20);
    assertThatThrownBy(() -> CkksParameters.of(65536, many, 20))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesDegreesThatAreNoPowerOfTwo() {
    assertThatThrownBy(() -> CkksParameters.of(5000, List.of(30), 30))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5000");
  }

  @Test
  void uncheckedParametersSaySo() {
    CkksParameters parameters =
        InsecureCkksParameters.withoutSecurityCheck(4096, List.of(50, 50, 50), 50);
    assertThat(parameters.securityBits()).isZero();
    assertThat(parameters.toString()).contains("INSECURE");
    assertThatThrownBy(() -> InsecureCkksParameters.withoutSecurityCheck(4096, List.of(51), 50))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void comparesByValueAndCopiesItsList() {
    List<Integer> bits = new ArrayList<>(List.of(36, 34));
    CkksParameters parameters = CkksParameters.of(4096, bits, 36);
    bits.set(0, 20);
    assertThat(parameters)
        .isEqualTo(HeFixture.DEGREE_4096)
        .hasSameHashCodeAs(HeFixture.DEGREE_4096);
    assertThat(parameters)
        .isNotEqualTo(InsecureCkksParameters.withoutSecurityCheck(4096, List.of(36, 34), 36));
  }

  /** Sizes in 20..50 with the given sum and room for one bit more in the first. */
  private static List<Integer> split(int sum) {
    int count = (sum + 48) / 49;
    List<Integer> bits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      bits.add(sum / count + (i >= count - sum % count ? 1 : 0));
    }
    return bits;
  }
}
