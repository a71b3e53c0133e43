package io.silenda.attest.hpke;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.security.SecureRandom;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;

/**
 * DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM in base mode, by Bouncy Castle. Stateless
 * and thread-safe.
 */
public final class Hpke {
  static final short KEM = HPKE.kem_X25519_SHA256;
  static final short KDF = HPKE.kdf_HKDF_SHA256;
  static final short AEAD = HPKE.aead_AES_GCM256;

  /** Length of a public key and of an encapsulated one. */
  public static final int KEY_BYTES = 32;

  private static final HPKE SUITE = new HPKE(HPKE.mode_base, KEM, KDF, AEAD);
  private static final SecureRandom RANDOM = new SecureRandom();

  private Hpke() {}

  /**
   * Makes secrets that only the holder of the private key can make.
   *
   * @param receiver whose key
   * @param info what both sides know
   * @throws AttestationException where no shared secret can be made with the key
   */
  public static HpkeContext send(HpkeConfiguration receiver, byte[] info)
      throws AttestationException {
    return send(receiver.publicKey(), info, newKeyPair());
  }

  /** As {@link #send(HpkeConfiguration, byte[])}, with a given ephemeral key. */
  static HpkeContext send(byte[] publicKey, byte[] info, AsymmetricCipherKeyPair ephemeral)
      throws AttestationException {
    try {
      HPKEContextWithEncapsulation made =
          SUITE.setupBaseS(SUITE.deserializePublicKey(publicKey), info, ephemeral);
      return new HpkeContext(made.getEncapsulation(), made);
    } catch (RuntimeException e) {
      throw refused();
    }
  }

  static HpkeContext receive(AsymmetricCipherKeyPair pair, byte[] encapsulated, byte[] info)
      throws AttestationException {
    try {
      return new HpkeContext(encapsulated, SUITE.setupBaseR(encapsulated, pair, info));
    } catch (RuntimeException e) {
      throw refused();
    }
  }

  static AsymmetricCipherKeyPair newKeyPair() {
    X25519PrivateKeyParameters secret = new X25519PrivateKeyParameters(RANDOM);
    return new AsymmetricCipherKeyPair(secret.generatePublicKey(), secret);
  }

  static AsymmetricCipherKeyPair keyPair(byte[] secret, byte[] publicKey) {
    return SUITE.deserializePrivateKey(secret, publicKey);
  }

  static byte[] publicKey(AsymmetricCipherKeyPair pair) {
    return SUITE.serializePublicKey(pair.getPublic());
  }

  /** An all-zero shared secret, as of a point of low order: RFC 9180, section 7.1.4. */
  private static AttestationException refused() {
    return new AttestationException(
        Reason.BAD_KEY, "hpke", "a public key that no shared secret can be made with", "a point");
  }
}
