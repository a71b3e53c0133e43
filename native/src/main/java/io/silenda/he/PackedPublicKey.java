package io.silenda.he;

import io.silenda.he.internal.NativeHandle;
import io.silenda.he.internal.WireNatives;

/**
 * Takes public keys apart into a seed and bit-packed polynomials and puts them together again.
 * Applications use {@code io.silenda.he.wire}. Not thread-safe; close it whether or not it was
 * finished.
 */
public final class PackedPublicKey implements AutoCloseable {
  private final CkksContext context;
  private final KeyId keyId;
  private final NativeHandle handle;
  private boolean finished;

  /** Starts a key and expands its second polynomial from the seed. */
  public PackedPublicKey(CkksContext context, KeyId keyId, byte[] seed) {
    this.context = context;
    this.keyId = keyId;
    this.handle = context.use(pointer -> PublicKey.own(WireNatives.newPublicKey(pointer, seed)));
  }

  /**
   * Sets the first polynomial modulo one prime from the first bytes of an array.
   *
   * @return false if a residue is not below the prime; the key must then be dropped
   */
  public boolean set(int prime, byte[] packed) {
    return handle.use(pointer -> WireNatives.unpackPublicKey(pointer, prime, packed));
  }

  /** The key; the caller closes it. */
  public PublicKey finish() {
    PublicKey result = new PublicKey(context, keyId, handle);
    finished = true;
    return result;
  }

  /** Frees the key unless it was finished. */
  @Override
  public void close() {
    if (!finished) {
      handle.close();
    }
  }

  /** Copies the seed of the second polynomial. */
  public static void seed(PublicKey key, byte[] destination) {
    Borrowing.run(key::use, pointer -> WireNatives.publicKeySeed(pointer, destination));
  }

  /** Packs the first polynomial modulo one prime into the first bytes of an array. */
  public static void get(PublicKey key, int prime, byte[] destination) {
    Borrowing.run(key::use, pointer -> WireNatives.packPublicKey(pointer, prime, destination));
  }
}
