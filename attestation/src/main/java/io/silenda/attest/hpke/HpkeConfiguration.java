package io.silenda.attest.hpke;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.ByteReader;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A public HPKE key and its suite, in the format of RFC 9458, section 3.1. One suite is spoken:
 * DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM; a configuration that offers another, or one
 * more, is refused as a downgrade.
 *
 * @param keyId which of the worker's keys it is, 0 to 255
 * @param publicKey X25519, 32 bytes
 */
public record HpkeConfiguration(int keyId, byte[] publicKey) {
  /** Length of an encoded configuration. */
  public static final int BYTES = 1 + 2 + Hpke.KEY_BYTES + 2 + 4;

  private static final int SUITES_BYTES = 4;

  /** Checks and copies the arguments. */
  public HpkeConfiguration {
    if (keyId < 0 || keyId > 0xff) {
      throw new IllegalArgumentException("keyId: " + keyId + ", must be 0 to 255");
    }
    if (publicKey.length != Hpke.KEY_BYTES) {
      throw new IllegalArgumentException(
          "publicKey: " + publicKey.length + " bytes, must be " + Hpke.KEY_BYTES);
    }
    publicKey = publicKey.clone();
  }

  @Override
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** The encoding, {@link #BYTES} long. */
  public byte[] encode() {
    return ByteBuffer.allocate(BYTES)
        .put((byte) keyId)
        .putShort(Hpke.KEM)
        .put(publicKey)
        .putShort((short) SUITES_BYTES)
        .putShort(Hpke.KDF)
        .putShort(Hpke.AEAD)
        .array();
  }

  /** Reads a configuration that fills {@code bytes}. */
  public static HpkeConfiguration parse(byte[] bytes) throws AttestationException {
    ByteReader reader = ByteReader.bigEndian("hpke-configuration", bytes);
    int keyId = reader.u8("key id");
    require(reader.u16("kem") == Hpke.KEM, "another KEM", "DHKEM(X25519, HKDF-SHA256)");
    byte[] publicKey = reader.bytes("public key", Hpke.KEY_BYTES);
    require(reader.u16("suites") == SUITES_BYTES, "not one suite", "one suite");
    require(reader.u16("kdf") == Hpke.KDF, "another KDF", "HKDF-SHA256");
    require(reader.u16("aead") == Hpke.AEAD, "another AEAD", "AES-256-GCM");
    reader.end();
    return new HpkeConfiguration(keyId, publicKey);
  }

  private static void require(boolean holds, String seen, String wanted)
      throws AttestationException {
    if (!holds) {
      throw new AttestationException(Reason.DOWNGRADED, "hpke-configuration", seen, wanted);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HpkeConfiguration that
        && keyId == that.keyId
        && Arrays.equals(publicKey, that.publicKey);
  }

  @Override
  public int hashCode() {
    return 31 * keyId + Arrays.hashCode(publicKey);
  }
}
