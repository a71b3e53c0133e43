package io.silenda.he;

import java.util.stream.IntStream;

/**
 * Sizes of what crosses the wire: a polynomial modulo one prime takes as many bits a coefficient as
 * the prime has, and a uniform polynomial takes the seed that it expands from.
 */
public final class PackedPolynomials {
  /** Bytes of a seed. */
  public static final int SEED_BYTES = 64;

  /** Fewer than this would leave nothing of an answer. */
  private static final int MIN_ROUNDED_BITS = 8;

  private PackedPolynomials() {}

  /**
   * Bytes of a polynomial modulo one prime.
   *
   * @param prime index in order of the data primes; the special primes come last
   */
  public static int bytes(CkksContext context, int prime) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(context.prime(prime));
    return context.parameters().polyModulusDegree() / 8 * bits;
  }

  /** Bytes of a polynomial modulo the first prime, without the lowest bits of its coefficients. */
  public static int roundedBytes(CkksContext context, int droppedBits) {
    return bytes(context, 0) - context.parameters().polyModulusDegree() / 8 * droppedBits;
  }

  /** Bits that a coefficient modulo the first prime can be sent without. */
  public static int maxDroppedBits(CkksContext context) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(context.prime(0));
    return bits - MIN_ROUNDED_BITS;
  }

  /** Bytes of a polynomial modulo all primes up to a level, without the special primes. */
  public static long bytesAtLevel(CkksContext context, int level) {
    context.requireLevel(level);
    long bytes = 0;
    for (int prime = 0; prime <= level; prime++) {
      bytes += bytes(context, prime);
    }
    return bytes;
  }

  /** Bytes of a relinearization or rotation key that is used up to a level, with its seeds. */
  public static long keyBytes(CkksContext context, int level) {
    context.requireLevel(level);
    long digit = SEED_BYTES;
    for (int prime : primesOfKey(context, level)) {
      digit += bytes(context, prime);
    }
    return digits(context, level) * digit;
  }

  /** Digits of a relinearization or rotation key that is used up to a level. */
  public static int digits(CkksContext context, int level) {
    return level / context.parameters().specialPrimeBits().size() + 1;
  }

  /** The primes of such a key: those up to its level and the special primes. */
  public static int[] primesOfKey(CkksContext context, int level) {
    int firstSpecial = context.parameters().maxLevel() + 1;
    int special = context.parameters().specialPrimeBits().size();
    return IntStream.concat(
            IntStream.rangeClosed(0, level), IntStream.range(firstSpecial, firstSpecial + special))
        .toArray();
  }

  /** Primes of a public key: the data primes and the first special prime. */
  public static int primesOfPublicKey(CkksContext context) {
    return context.parameters().maxLevel() + 2;
  }

  /** Bytes of a public key, with its seed. */
  public static long publicKeyBytes(CkksContext context) {
    int last = primesOfPublicKey(context) - 1;
    return SEED_BYTES + bytesAtLevel(context, last - 1) + bytes(context, last);
  }

  /** Bytes of the largest polynomial modulo one prime. */
  public static int largestBytes(CkksContext context) {
    int largest = 0;
    for (int prime = 0; prime < primes(context); prime++) {
      largest = Math.max(largest, bytes(context, prime));
    }
    return largest;
  }

  private static int primes(CkksContext context) {
    return context.parameters().maxLevel() + 1 + context.parameters().specialPrimeBits().size();
  }
}
