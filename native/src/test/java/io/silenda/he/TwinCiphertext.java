package io.silenda.he;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

/**
 * What SEAL's evaluator and ours made of the same operations, beside the values in the clear.
 *
 * @param seal the reference's result
 * @param fast ours
 * @param clear the slots as they should be
 * @param error bound on the absolute error of each slot of either
 * @param exact whether both must be equal bit for bit
 */
@SuppressWarnings("ArrayRecordComponent")
record TwinCiphertext(Ciphertext seal, Ciphertext fast, double[] clear, double error, boolean exact)
    implements AutoCloseable {

  int level() {
    return seal.level();
  }

  double scale() {
    return seal.scale();
  }

  int size() {
    return seal.size();
  }

  /** Bound on what is encrypted, the error included. */
  double largest() {
    return Arrays.stream(clear).map(Math::abs).max().orElse(0) + error;
  }

  /** Same shape always, same residues where that was promised. */
  void requireSameShapeAndBits(String what) {
    assertThat(fast.level()).as(what).isEqualTo(seal.level());
    assertThat(fast.size()).as(what).isEqualTo(seal.size());
    assertThat(fast.scale()).as(what).isEqualTo(seal.scale());
    if (exact) {
      int degree = seal.context().parameters().polyModulusDegree();
      byte[] expected = new byte[8 * degree];
      byte[] actual = new byte[8 * degree];
      for (int polynomial = 0; polynomial < size(); polynomial++) {
        for (int prime = 0; prime <= level(); prime++) {
          PackedCiphertext.get(seal, polynomial, prime, expected);
          PackedCiphertext.get(fast, polynomial, prime, actual);
          assertThat(Arrays.equals(actual, expected))
              .as("%s: polynomial %d modulo prime %d", what, polynomial, prime)
              .isTrue();
        }
      }
    }
  }

  /** Both decrypt to the clear values within the bound, which bounds how far they are apart. */
  void requireWithinNoise(Decryptor decryptor, String what) {
    double[] ours = decryptor.decrypt(fast);
    double[] reference = exact ? ours : decryptor.decrypt(seal);
    assertThat(HeFixture.maxError(ours, clear)).as(what + ": ours").isLessThanOrEqualTo(error);
    assertThat(HeFixture.maxError(reference, clear))
        .as(what + ": SEAL's")
        .isLessThanOrEqualTo(error);
  }

  @Override
  public void close() {
    seal.close();
    fast.close();
  }
}
