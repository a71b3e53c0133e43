package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CkksContextTest {
  @Test
  void primesHaveTheirSizesAndSupportTheTransform() {
    try (CkksContext context = CkksContext.create(HeFixture.DEGREE_8192)) {
      List<Integer> bits = context.parameters().dataPrimeBits();
      long[] primes = context.dataPrimes();
      assertThat(primes).hasSize(5).doesNotHaveDuplicates();
      for (int i = 0; i < primes.length; i++) {
        requirePrime(primes[i], bits.get(i));
      }
      assertThat(context.specialPrimes()).hasSize(1);
      requirePrime(context.specialPrimes()[0], 48);
    }
  }

  private static void requirePrime(long prime, int bits) {
    assertThat(BigInteger.valueOf(prime).isProbablePrime(40)).isTrue();
    assertThat(Long.SIZE - Long.numberOfLeadingZeros(prime)).isEqualTo(bits);
    assertThat(prime % (2 * 8192)).isEqualTo(1);
  }

  @Test
  void log2ModulusAddsUpTheLevelsPrimes() {
    try (CkksContext context = CkksContext.create(HeFixture.DEGREE_8192)) {
      assertThat(context.log2Modulus(0)).isCloseTo(49, Offset.offset(0.01));
      assertThat(context.log2Modulus(4)).isCloseTo(166, Offset.offset(0.1));
      assertThatThrownBy(() -> context.log2Modulus(5)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void refusesSizesWithoutEnoughPrimes() {
    CkksParameters parameters = CkksParameters.of(65536, Collections.nCopies(20, 20), 20);
    assertThatThrownBy(() -> CkksContext.create(parameters))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no such primes for degree 65536");
  }

  @Test
  void worksAtBothEndsOfTheDegrees() {
    for (CkksParameters parameters :
        List.of(
            InsecureCkksParameters.withoutSecurityCheck(1024, List.of(30), 30),
            CkksParameters.of(65536, List.of(50, 40), 50))) {
      try (HeFixture he = new HeFixture(parameters);
          Ciphertext ciphertext = he.encrypt(new double[] {0.25}, he.maxLevel(), 0x1p25)) {
        assertThat(he.decrypt(ciphertext)[0]).isCloseTo(0.25, Offset.offset(1e-3));
      }
    }
  }

  @Test
  void objectsOutliveTheirContext() {
    CkksContext context = CkksContext.create(HeFixture.DEGREE_4096);
    SecretKey secretKey = new KeyGenerator(context).secretKey();
    Plaintext plaintext = new Encoder(context).encode(new double[] {1}, 1, 0x1p30);
    context.close();
    context.close();
    plaintext.close();
    secretKey.close();
    assertThatThrownBy(() -> new KeyGenerator(context).secretKey())
        .isInstanceOf(IllegalStateException.class);
  }
}
