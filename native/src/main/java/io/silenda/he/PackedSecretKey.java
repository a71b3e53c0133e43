package io.silenda.he;

import io.silenda.he.internal.WireNatives;
import java.util.Optional;

/**
 * Reads and makes secret keys as two bits a coefficient. The bytes are as secret as the key:
 * whoever holds the array wipes it. Applications use {@code io.silenda.he.wire}.
 */
public final class PackedSecretKey {
  private PackedSecretKey() {}

  /** Bytes of a packed secret key: a quarter of the ring degree. */
  public static int bytes(CkksContext context) {
    return context.parameters().polyModulusDegree() / 4;
  }

  /** Packs a key into the first bytes of an array. */
  public static void get(SecretKey key, byte[] destination) {
    Borrowing.run(key::use, pointer -> WireNatives.packSecretKey(pointer, destination));
  }

  /**
   * Makes a key from the first bytes of an array; the caller closes it.
   *
   * @return nothing if a coefficient is not -1, 0 or 1
   */
  public static Optional<SecretKey> set(CkksContext context, KeyId keyId, byte[] packed) {
    long pointer = context.use(owner -> WireNatives.unpackSecretKey(owner, packed));
    return pointer == 0 ? Optional.empty() : Optional.of(new SecretKey(context, keyId, pointer));
  }
}
