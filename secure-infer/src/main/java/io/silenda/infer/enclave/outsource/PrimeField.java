package io.silenda.infer.enclave.outsource;

import java.math.BigInteger;

/**
 * The integers modulo a prime below 2^31; residues are ints in [0, p). Immutable.
 *
 * @param modulus the prime p
 */
public record PrimeField(int modulus) {
  /** 2^31 − 1: the largest prime whose centred residues times a layer's weights fit a double. */
  public static final PrimeField MERSENNE_31 = new PrimeField(Integer.MAX_VALUE);

  private static final int CERTAINTY = 40;
  private static final long LOW_WORD = 0xffffffffL;

  /**
   * Checks the modulus.
   *
   * @throws IllegalArgumentException if it is no odd prime
   */
  public PrimeField {
    if (modulus < 3 || !BigInteger.valueOf(modulus).isProbablePrime(CERTAINTY)) {
      throw new IllegalArgumentException("modulus is " + modulus + ", must be an odd prime");
    }
  }

  /** The residue of any integer. */
  public int reduce(long value) {
    return (int) Math.floorMod(value, (long) modulus);
  }

  int add(int a, int b) {
    // Without a branch: sums may be secret.
    int difference = a - modulus + b;
    return difference + (modulus & (difference >> 31));
  }

  int subtract(int a, int b) {
    int difference = a - b;
    return difference + (modulus & (difference >> 31));
  }

  /** The representative of a residue in (−p/2, p/2). */
  int centered(int residue) {
    int above = (modulus / 2 - residue) >> 31;
    return residue - (modulus & above);
  }

  boolean contains(int value) {
    return value >= 0 && value < modulus;
  }

  /** Inner product of {@code a} and of as many residues of {@code b} from {@code from} on. */
  int dot(int[] a, int[] b, int from) {
    // Products have 62 bits: their halves are summed apart, so that nothing is reduced in the loop.
    long low = 0;
    long high = 0;
    for (int i = 0; i < a.length; i++) {
      long product = (long) a[i] * b[from + i];
      low += product & LOW_WORD;
      high += product >>> 32;
    }
    long carried = reduce(high) * ((1L << 32) % modulus);
    return reduce(reduce(carried) + (long) reduce(low));
  }
}
