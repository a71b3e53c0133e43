package io.silenda.he;

import io.silenda.he.internal.CiphertextNatives;
import io.silenda.he.internal.NativeHandle;
import io.silenda.he.internal.WireNatives;

/**
 * Takes ciphertexts apart into bit-packed polynomials and puts them together again. Nothing here
 * says whose ciphertext it is: {@code io.silenda.he.wire} does, and is what applications use. Not
 * thread-safe; close it whether or not it was finished.
 */
public final class PackedCiphertext implements AutoCloseable {
  private final CkksContext context;
  private final NativeHandle handle;
  private boolean finished;

  /**
   * Starts a ciphertext whose polynomials are still zero.
   *
   * @throws IllegalArgumentException if the level or the scale is out of range or the number of
   *     polynomials is not 2 or 3
   */
  public PackedCiphertext(CkksContext context, int level, int polynomials, double scale) {
    context.requireLevel(level);
    if (polynomials < 2 || polynomials > 3) {
      throw new IllegalArgumentException("polynomials is " + polynomials + ", not 2 or 3");
    }
    this.context = context;
    this.handle =
        context.use(pointer -> own(WireNatives.newCiphertext(pointer, level, polynomials, scale)));
  }

  private static NativeHandle own(long pointer) {
    long bytes = CiphertextNatives.nativeBytes(pointer);
    return NativeHandle.own("Ciphertext", pointer, bytes, CiphertextNatives::free);
  }

  /** Expands the second polynomial from its seed of {@link PackedPolynomials#SEED_BYTES}. */
  public void expandSecond(byte[] seed) {
    Borrowing.run(handle, pointer -> WireNatives.seedCiphertext(pointer, seed));
  }

  /**
   * Sets a polynomial modulo one prime from the first bytes of an array.
   *
   * @return false if a residue is not below the prime; the ciphertext must then be dropped
   */
  public boolean set(int polynomial, int prime, byte[] packed) {
    return handle.use(pointer -> WireNatives.unpackCiphertext(pointer, polynomial, prime, packed));
  }

  /**
   * Sets a polynomial modulo one prime from coefficients without their lowest bits.
   *
   * @return false if a coefficient is not below the prime; the ciphertext must then be dropped
   */
  public boolean setRounded(int polynomial, int prime, int droppedBits, byte[] packed) {
    return handle.use(
        pointer -> WireNatives.unpackRounded(pointer, polynomial, prime, droppedBits, packed));
  }

  /** Whether all polynomials but the first are zero, so that anybody can read the values. */
  public boolean isTransparent() {
    return handle.use(WireNatives::isTransparent);
  }

  /** The ciphertext; the caller closes it. */
  public Ciphertext finish() {
    Ciphertext result = new Ciphertext(context, handle);
    finished = true;
    return result;
  }

  /** Frees the ciphertext unless it was finished. */
  @Override
  public void close() {
    if (!finished) {
      handle.close();
    }
  }

  /**
   * Copies the seed of a fresh symmetric encryption.
   *
   * @return false if the ciphertext has none
   */
  public static boolean seed(Ciphertext ciphertext, byte[] destination) {
    return ciphertext.use(pointer -> WireNatives.ciphertextSeed(pointer, destination));
  }

  /** Packs a polynomial modulo one prime into the first bytes of an array. */
  public static void get(Ciphertext ciphertext, int polynomial, int prime, byte[] destination) {
    Borrowing.run(
        ciphertext::use,
        pointer -> WireNatives.packCiphertext(pointer, polynomial, prime, destination));
  }

  /**
   * Packs the coefficients of a polynomial modulo one prime, without their lowest bits, into the
   * first bytes of an array. That adds an error below 2^droppedBits to each coefficient.
   */
  public static void getRounded(
      Ciphertext ciphertext, int polynomial, int prime, int droppedBits, byte[] destination) {
    Borrowing.run(
        ciphertext::use,
        pointer -> WireNatives.packRounded(pointer, polynomial, prime, droppedBits, destination));
  }
}
