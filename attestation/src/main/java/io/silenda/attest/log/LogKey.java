package io.silenda.attest.log;

import io.silenda.attest.encoding.ByteReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * The name and public key of a log.
 *
 * @param origin the name, as checkpoints have it
 * @param publicKey Ed25519, 32 bytes
 */
public record LogKey(String origin, byte[] publicKey) {
  /** Type of Ed25519 in a signed note. */
  private static final byte ED25519 = 1;

  /** Checks and copies the key. */
  public LogKey {
    if (publicKey.length != Ed25519PublicKeyParameters.KEY_SIZE || ByteReader.allZero(publicKey)) {
      throw new IllegalArgumentException(
          "publicKey: " + publicKey.length + " bytes, must be an Ed25519 key of 32 bytes");
    }
    // Refuses what is no point of the curve.
    publicKey = new Ed25519PublicKeyParameters(publicKey).getEncoded();
  }

  @Override
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** The four bytes that name the key in a signature line (C2SP signed-note). */
  byte[] id() {
    SHA256Digest digest = new SHA256Digest();
    byte[] name = origin.getBytes(StandardCharsets.UTF_8);
    digest.update(name, 0, name.length);
    digest.update((byte) '\n');
    digest.update(ED25519);
    digest.update(publicKey, 0, publicKey.length);
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    return Arrays.copyOf(hash, 4);
  }

  boolean verifies(byte[] message, byte[] signature) {
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(false, new Ed25519PublicKeyParameters(publicKey));
    signer.update(message, 0, message.length);
    return signature.length == Ed25519PublicKeyParameters.KEY_SIZE * 2
        && signer.verifySignature(signature);
  }
}
