package io.silenda.infer.enclave.outsource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PrimeFieldTest {
  private static final long SEED = 985;

  @Test
  void arithmeticEqualsThatOfBigIntegers() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (PrimeField field : new PrimeField[] {PrimeField.MERSENNE_31, new PrimeField(251)}) {
      int p = field.modulus();
      for (int i = 0; i < 10_000; i++) {
        int a = i < 3 ? p - 1 - i : random.nextInt(p);
        int b = i < 3 ? i : random.nextInt(p);
        assertThat(field.add(a, b)).isEqualTo((int) (((long) a + b) % p));
        assertThat(field.subtract(a, b)).isEqualTo((int) Math.floorMod((long) a - b, (long) p));
        assertThat(field.centered(a)).isBetween(-(p / 2), p / 2);
        assertThat(field.reduce(field.centered(a))).isEqualTo(a);
      }
    }
  }

  @Test
  void longInnerProductsAreExact() {
    SplittableRandom random = new SplittableRandom(SEED);
    int p = PrimeField.MERSENNE_31.modulus();
    int[] a = new int[5_000];
    int[] b = new int[5_003];
    for (int turn = 0; turn < 4; turn++) {
      BigInteger sum = BigInteger.ZERO;
      for (int i = 0; i < a.length; i++) {
        a[i] = turn == 0 ? p - 1 : random.nextInt(p);
        b[i + 3] = turn == 0 ? p - 1 : random.nextInt(p);
        sum = sum.add(BigInteger.valueOf((long) a[i] * b[i + 3]));
      }
      assertThat(PrimeField.MERSENNE_31.dot(a, b, 3))
          .isEqualTo(sum.mod(BigInteger.valueOf(p)).intValueExact());
    }
  }

  @Test
  void onlyPrimesMakeAField() {
    for (int modulus : new int[] {-7, 0, 1, 2, 9, 1 << 30}) {
      assertThatThrownBy(() -> new PrimeField(modulus))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("prime");
    }
  }
}
