package io.silenda.he;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * CKKS parameters: ring degree and the sizes of the primes. Immutable, compared by value.
 *
 * <p>The data primes are given in order; level l uses the first l+1 of them. The special primes
 * serve key switching only, but count for security. With one, keys are SEAL's and every evaluator
 * uses them; a key has as many digits as data primes. With k, a digit covers k neighbouring data
 * primes (hybrid key switching: Han and Ki, CT-RSA 2020), which makes long chains cheaper and their
 * keys smaller, for {@link AcceleratedEvaluator} only.
 */
public final class CkksParameters {
  static final int MIN_PRIME_BITS = 20;
  static final int MAX_PRIME_BITS = 50;

  /** SEAL 4.0.0 stops at 64 primes, at least one of which is special. */
  static final int MAX_PRIMES = 64;

  private final int polyModulusDegree;
  private final List<Integer> dataPrimeBits;
  private final List<Integer> specialPrimeBits;
  private final int securityBits;

  private CkksParameters(
      int polyModulusDegree,
      List<Integer> dataPrimeBits,
      List<Integer> specialPrimeBits,
      int securityBits) {
    this.polyModulusDegree = polyModulusDegree;
    this.dataPrimeBits = List.copyOf(dataPrimeBits);
    this.specialPrimeBits = List.copyOf(specialPrimeBits);
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
    return of(polyModulusDegree, dataPrimeBits, List.of(specialPrimeBits));
  }

  /**
   * Parameters with 128-bit security by {@link SecurityTable}, with any number of special primes.
   *
   * @param polyModulusDegree a power of two in 1024..65536
   * @param dataPrimeBits sizes of the data primes, each 20..50 bits
   * @param specialPrimeBits sizes of the special primes, each 20..50 bits: at least one, no more
   *     than there are data primes, and 64 primes at most in all; together no smaller than the
   *     product of as many neighbouring data primes keeps the noise of key switching low
   * @throws IllegalArgumentException if a number or size is out of range or all primes together
   *     exceed the table
   */
  public static CkksParameters of(
      int polyModulusDegree, List<Integer> dataPrimeBits, List<Integer> specialPrimeBits) {
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
      int polyModulusDegree, List<Integer> dataPrimeBits, List<Integer> specialPrimeBits) {
    return checked(polyModulusDegree, dataPrimeBits, specialPrimeBits, 0);
  }

  private static CkksParameters checked(
      int polyModulusDegree,
      List<Integer> dataPrimeBits,
      List<Integer> specialPrimeBits,
      int securityBits) {
    // The lookup refuses every other degree.
    SecurityTable.maxModulusBits(polyModulusDegree);
    requirePrimes("dataPrimeBits", dataPrimeBits, MAX_PRIMES - 1);
    int left = MAX_PRIMES - dataPrimeBits.size();
    requirePrimes("specialPrimeBits", specialPrimeBits, Math.min(left, dataPrimeBits.size()));
    return new CkksParameters(polyModulusDegree, dataPrimeBits, specialPrimeBits, securityBits);
  }

  private static void requirePrimes(String name, List<Integer> sizes, int most) {
    if (sizes.isEmpty() || sizes.size() > most) {
      throw new IllegalArgumentException(
          name + " has " + sizes.size() + " entries, not 1.." + most);
    }
    for (int i = 0; i < sizes.size(); i++) {
      int bits = sizes.get(i);
      if (bits < MIN_PRIME_BITS || bits > MAX_PRIME_BITS) {
        String entry = name + "[" + i + "] is " + bits;
        throw new IllegalArgumentException(
            entry + ", not in " + MIN_PRIME_BITS + ".." + MAX_PRIME_BITS);
      }
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

  /** Sizes of the special primes in order. */
  public List<Integer> specialPrimeBits() {
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

  /** Sizes of all primes together, the special ones included. */
  public int totalModulusBits() {
    return Stream.concat(dataPrimeBits.stream(), specialPrimeBits.stream())
        .mapToInt(Integer::intValue)
        .sum();
  }

  /** 128, or 0 for parameters that were not checked. */
  public int securityBits() {
    return securityBits;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CkksParameters that
        && polyModulusDegree == that.polyModulusDegree
        && securityBits == that.securityBits
        && dataPrimeBits.equals(that.dataPrimeBits)
        && specialPrimeBits.equals(that.specialPrimeBits);
  }

  @Override
  public int hashCode() {
    return Objects.hash(polyModulusDegree, dataPrimeBits, specialPrimeBits, securityBits);
  }

  @Override
  public String toString() {
    String special = joined(specialPrimeBits);
    return "CKKS N=%d, primes {%s}+%s = %d bits, %s"
        .formatted(
            polyModulusDegree,
            joined(dataPrimeBits),
            specialPrimeBits.size() == 1 ? special : "{" + special + "}",
            totalModulusBits(),
            securityBits == 0 ? "INSECURE (not checked)" : securityBits + "-bit");
  }

  private static String joined(List<Integer> sizes) {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
