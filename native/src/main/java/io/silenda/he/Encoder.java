package io.silenda.he;

import io.silenda.he.internal.ContextNatives;
import io.silenda.he.internal.NativeHandle;

/** Converts between real vectors and plaintexts. Thread-safe; lives as long as its context. */
public final class Encoder {
  private final CkksContext context;

  /** Creates an encoder for a context. */
  public Encoder(CkksContext context) {
    this.context = context;
  }

  /**
   * Encodes values into the first slots; the others are zero. The caller closes the plaintext.
   *
   * @param values at most slotCount finite numbers
   * @param level 0..maxLevel
   * @param scale factor that the values are multiplied with before rounding to integer
   *     coefficients; those beyond 2^62 keep the precision of doubles
   * @throws IllegalArgumentException if a value is not finite, the scale is not positive, or an
   *     absolute value times the scale exceeds a quarter of the level's modulus
   */
  public Plaintext encode(double[] values, int level, double scale) {
    context.requireLevel(level);
    return context.use(
        pointer -> {
          long plaintext = ContextNatives.encode(pointer, values, level, scale);
          NativeHandle handle =
              NativeHandle.own(
                  "Plaintext",
                  plaintext,
                  ContextNatives.plaintextBytes(plaintext),
                  ContextNatives::freePlaintext);
          return new Plaintext(context, handle, level, scale);
        });
  }

  /**
   * The real parts of all slots.
   *
   * @throws IllegalArgumentException if the plaintext belongs to another context
   */
  public double[] decode(Plaintext plaintext) {
    context.requireOwn("plaintext", plaintext.context());
    return context.use(unused -> plaintext.use(ContextNatives::decode));
  }
}
