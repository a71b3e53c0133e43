package io.silenda.attest.channel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.security.SecureRandom;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContext;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;

/**
 * The one HPKE suite of the channel, RFC 9180 by Bouncy Castle. Only exported secrets (section 5.3)
 * leave an {@link HPKEContext}: bodies are sealed by the platform's AES-GCM, which is many times
 * faster, under keys derived from them. Stateless and thread-safe.
 */
final class Hpke {
  static final short KEM = HPKE.kem_X25519_SHA256;
  static final short KDF = HPKE.kdf_HKDF_SHA256;
  static final short AEAD = HPKE.aead_AES_GCM256;

  /** Length of a public key and of an encapsulated one. */
  static final int KEY_BYTES = 32;

  private static final HPKE BASE = new HPKE(HPKE.mode_base, KEM, KDF, AEAD);
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A sender's context and the encapsulated key that goes to the receiver. */
  record Sender(byte[] encapsulated, HPKEContext context) {
    static Sender of(HPKEContextWithEncapsulation made) {
      return new Sender(made.getEncapsulation(), made);
    }
  }

  private Hpke() {}

  static AsymmetricCipherKeyPair newKeyPair() {
    X25519PrivateKeyParameters secret = new X25519PrivateKeyParameters(RANDOM);
    return new AsymmetricCipherKeyPair(secret.generatePublicKey(), secret);
  }

  static byte[] publicKey(AsymmetricCipherKeyPair pair) {
    return BASE.serializePublicKey(pair.getPublic());
  }

  static Sender send(byte[] publicKey, byte[] info) throws AttestationException {
    try {
      return Sender.of(BASE.setupBaseS(receiver(publicKey), info));
    } catch (RuntimeException e) {
      throw refused();
    }
  }

  static HPKEContext receive(AsymmetricCipherKeyPair pair, byte[] encapsulated, byte[] info)
      throws AttestationException {
    try {
      return BASE.setupBaseR(encapsulated, pair, info);
    } catch (RuntimeException e) {
      throw refused();
    }
  }

  private static AsymmetricKeyParameter receiver(byte[] publicKey) {
    return BASE.deserializePublicKey(publicKey);
  }

  /** An all-zero shared secret, as of a point of low order: RFC 9180, section 7.1.4. */
  private static AttestationException refused() {
    return new AttestationException(
        Reason.BAD_KEY, "hpke", "a public key that no shared secret can be made with", "a point");
  }
}
