package io.silenda.he;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * CKKS parameters: ring degree and the sizes of the primes. Immutable, compared by value.
 *
 * <p>The data primes are given in order; level l uses the first l+1 of them. The special prime
 * serves key switching only, but counts for security.
 */
public final class CkksParameters {
  static final int MIN_PRIME_BITS = 20;
  static final int MAX_PRIME_BITS = 50;

  /** SEAL 4.0.0 stops at 64 primes, one of which is the special prime. */
  static final int MAX_DATA_PRIMES = 63;

  private final int polyModulusDegree;
  private final List<Integer> dataPrimeBits;
  private final int specialPrimeBits;
  private final int securityBits;

  private CkksParameters(
      int polyModulusDegree, List<Integer> dataPrimeBits, int specialPrimeBits, int securityBits) {
    this.polyModulusDegree = polyModulusDegree;
    this.dataPrimeBits = List.copyOf(dataPrimeBits);
    this.specialPrimeBits = specialPrimeBits;
    this.securityBits = securityBits;
  }

  /**
   * Parameters with 128-bit security by {@link SecurityTable}.
   *
   * @param polyModulusDegree a power of two in 1024..65536
   * @param dataPrimeBits sizes of 1 to 63 data primes, each 20..50 bits
   * @param specialPrimeBits size of the special prime, 20..50 bits; no smaller than the largest
   *     data prime keeps the noise of key switching low
   * @throws IllegalArgumentException if a size is out of range or all primes together exceed the
   *     table
   */
  public static CkksParameters of(
      int polyModulusDegree, List<Integer> dataPrimeBits, int specialPrimeBits) {
    CkksParameters parameters = checked(polyModulusDegree, dataPrimeBits, specialPrimeBits, 128);
    int limit = SecurityTable.maxModulusBits(polyModulusDegree);
    if (parameters.totalModulusBits() > limit) {
      throw new IllegalArgumentException(
          "dataPrimeBits and specialPrimeBits sum to "
              + parameters.totalModulusBits()
              + " bits, more than the "
              + limit
              + " that are 128-bit secure at polyModulusDegree "
              + polyModulusDegree);
    }
    return parameters;
  }

  static CkksParameters insecure(
      int polyModulusDegree, List<Integer> dataPrimeBits, int specialPrimeBits) {
    return checked(polyModulusDegree, dataPrimeBits, specialPrimeBits, 0);
  }

  private static CkksParameters checked(
      int polyModulusDegree, List<Integer> dataPrimeBits, int specialPrimeBits, int securityBits) {
    // The lookup refuses every other degree.
    SecurityTable.maxModulusBits(polyModulusDegree);
    if (dataPrimeBits.isEmpty() || dataPrimeBits.size() > MAX_DATA_PRIMES) {
      throw new IllegalArgumentException(
          "dataPrimeBits has " + dataPrimeBits.size() + " entries, not 1.." + MAX_DATA_PRIMES);
    }
    for (int i = 0; i < dataPrimeBits.size(); i++) {
      requirePrimeBits("dataPrimeBits[" + i + "]", dataPrimeBits.get(i));
    }
    requirePrimeBits("specialPrimeBits", specialPrimeBits);
    return new CkksParameters(polyModulusDegree, dataPrimeBits, specialPrimeBits, securityBits);
  }

  private static void requirePrimeBits(String name, int bits) {
    if (bits < MIN_PRIME_BITS || bits > MAX_PRIME_BITS) {
      throw new IllegalArgumentException(
          name + " is " + bits + ", not in " + MIN_PRIME_BITS + ".." + MAX_PRIME_BITS);
    }
  }

  /** Degree N of the ring Z[X]/(X^N + 1). */
  public int polyModulusDegree() {
    return polyModulusDegree;
  }

  /** Sizes of the data primes in order. */
  public List<Integer> dataPrimeBits() {
    return dataPrimeBits;
  }

  /** Size of the special prime. */
  public int specialPrimeBits() {
    return specialPrimeBits;
  }

  /** Values in one plaintext: half the degree. */
  public int slotCount() {
    return polyModulusDegree / 2;
  }

  /** Level of a fresh ciphertext: one less than the number of data primes. */
  public int maxLevel() {
    return dataPrimeBits.size() - 1;
  }

  /** Sizes of all primes together, the special prime included. */
  public int totalModulusBits() {
    return dataPrimeBits.stream().mapToInt(Integer::intValue).sum() + specialPrimeBits;
  }

  /** 128, or 0 for parameters that were not checked. */
  public int securityBits() {
    return securityBits;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CkksParameters that
        && polyModulusDegree == that.polyModulusDegree
        && specialPrimeBits == that.specialPrimeBits
        && securityBits == that.securityBits
        && dataPrimeBits.equals(that.dataPrimeBits);
  }

  @Override
  public int hashCode() {
    return Objects.hash(polyModulusDegree, dataPrimeBits, specialPrimeBits, securityBits);
  }

  @Override
  public String toString() {
    String primes = dataPrimeBits.stream().map(String::valueOf).collect(Collectors.joining(","));
    return "CKKS N=%d, primes {%s}+%d = %d bits, %s"
        .formatted(
            polyModulusDegree,
            primes,
            specialPrimeBits,
            totalModulusBits(),
            securityBits == 0 ? "INSECURE (not checked)" : securityBits + "-bit");
  }
}
