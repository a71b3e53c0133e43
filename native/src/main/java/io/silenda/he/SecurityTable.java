package io.silenda.he;

import java.util.Map;

/**
 * Largest moduli with 128-bit classical security for ternary secrets: Bossuat et al., "Security
 * Guidelines for Implementing Homomorphic Encryption", IACR CiC 1(4):26, ePrint 2024/463, Table
 * 5.2.
 */
public final class SecurityTable {
  private static final Map<Integer, Integer> MAX_MODULUS_BITS =
      Map.of(1024, 26, 2048, 53, 4096, 106, 8192, 214, 16384, 430, 32768, 868, 65536, 1747);

  private SecurityTable() {}

  /**
   * The largest product of all primes, the special prime included, in bits.
   *
   * @param polyModulusDegree a power of two in 1024..65536
   * @throws IllegalArgumentException for another degree
   */
  public static int maxModulusBits(int polyModulusDegree) {
    Integer bits = MAX_MODULUS_BITS.get(polyModulusDegree);
    if (bits == null) {
      throw new IllegalArgumentException(
          "polyModulusDegree " + polyModulusDegree + " is not a power of two in 1024..65536");
    }
    return bits;
  }
}
