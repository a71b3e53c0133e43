package io.silenda.infer.bundle;

import io.silenda.he.CkksParameters;
import java.util.Arrays;

/** Encryption parameters in a bundle; reading refuses what the 128-bit table does not hold. */
final class ParametersPart {
  private static final int MAX_PRIMES = 63;
  private static final int MAX_PRIME_BITS = 50;

  private ParametersPart() {}

  static void write(ContentWriter out, CkksParameters parameters) {
    out.int32(parameters.polyModulusDegree());
    out.ints(parameters.dataPrimeBits());
    out.int32(parameters.specialPrimeBits());
  }

  static CkksParameters read(ContentReader in) throws BundleFormatException {
    int degree = in.int32("polyModulusDegree", 1024, 65536);
    int[] bits = in.ints("dataPrimeBits", 1, MAX_PRIME_BITS, MAX_PRIMES);
    int special = in.int32("specialPrimeBits", 1, MAX_PRIME_BITS);
    return CkksParameters.of(degree, Arrays.stream(bits).boxed().toList(), special);
  }
}
