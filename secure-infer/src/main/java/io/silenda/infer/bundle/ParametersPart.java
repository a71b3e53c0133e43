package io.silenda.infer.bundle;

import io.silenda.he.CkksParameters;
import java.util.Arrays;
import java.util.List;

/**
 * Encryption parameters in a bundle; reading refuses what the 128-bit table does not hold. Several
 * special primes follow a 0 where the size of the one would be.
 */
final class ParametersPart {
  private static final int MAX_PRIMES = 63;
  private static final int MAX_PRIME_BITS = 50;
  private static final int SEVERAL_SPECIAL_PRIMES = 0;

  private ParametersPart() {}

  static void write(ContentWriter out, CkksParameters parameters) {
    out.int32(parameters.polyModulusDegree());
    out.ints(parameters.dataPrimeBits());
    List<Integer> special = parameters.specialPrimeBits();
    if (special.size() == 1) {
      out.int32(special.get(0));
    } else {
      out.int32(SEVERAL_SPECIAL_PRIMES);
      out.ints(special);
    }
  }

  static CkksParameters read(ContentReader in) throws BundleFormatException {
    int degree = in.int32("polyModulusDegree", 1024, 65536);
    int[] bits = in.ints("dataPrimeBits", 1, MAX_PRIME_BITS, MAX_PRIMES);
    int special = in.int32("specialPrimeBits", SEVERAL_SPECIAL_PRIMES, MAX_PRIME_BITS);
    if (special != SEVERAL_SPECIAL_PRIMES) {
      return CkksParameters.of(degree, boxed(bits), special);
    }
    int[] several = in.ints("specialPrimeBits", 1, MAX_PRIME_BITS, MAX_PRIMES);
    if (several.length < 2) {
      throw new BundleFormatException(
          BundleFormatException.Reason.MALFORMED,
          "it lists " + several.length + " special primes as several");
    }
    return CkksParameters.of(degree, boxed(bits), boxed(several));
  }

  private static List<Integer> boxed(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
