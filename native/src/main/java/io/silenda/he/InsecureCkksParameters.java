package io.silenda.he;

import java.util.List;

/** Parameters without a security check, for tests and experiments: never for data that matters. */
public final class InsecureCkksParameters {
  private InsecureCkksParameters() {}

  /**
   * Parameters that may be easy to break; {@link CkksParameters#securityBits()} is 0 and their text
   * says so.
   *
   * @param polyModulusDegree a power of two in 1024..65536
   * @param dataPrimeBits sizes of 1 to 63 data primes, each 20..50 bits
   * @param specialPrimeBits size of the special prime, 20..50 bits
   * @throws IllegalArgumentException if a size is out of range
   */
  public static CkksParameters withoutSecurityCheck(
      int polyModulusDegree, List<Integer> dataPrimeBits, int specialPrimeBits) {
    return withoutSecurityCheck(polyModulusDegree, dataPrimeBits, List.of(specialPrimeBits));
  }

  /**
   * The same with any number of special primes, as {@link CkksParameters#of(int, List, List)} has
   * them.
   *
   * @throws IllegalArgumentException if a number or size is out of range
   */
  public static CkksParameters withoutSecurityCheck(
      int polyModulusDegree, List<Integer> dataPrimeBits, List<Integer> specialPrimeBits) {
    return CkksParameters.insecure(polyModulusDegree, dataPrimeBits, specialPrimeBits);
  }
}
