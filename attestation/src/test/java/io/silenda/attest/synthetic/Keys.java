package io.silenda.attest.synthetic;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Key pairs and raw signatures for synthetic evidence; the same on every run. */
public final class Keys {
  private Keys() {}

  /** A key on {@code secp256r1}, {@code secp384r1} or {@code secp521r1}. */
  public static KeyPair ec(String curve, long seed) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve), seeded(seed));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An RSA key of 2048 bits, which is quick to make. */
  public static KeyPair rsa(long seed) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048, seeded(seed));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A signature by a JCA algorithm such as {@code SHA384withECDSAinP1363Format}. */
  public static byte[] sign(String algorithm, PrivateKey key, byte[]... message) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      for (byte[] part : message) {
        signature.update(part);
      }
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** r and s of an ECDSA signature with SHA-384. */
  public static byte[] signP384(PrivateKey key, byte[]... message) {
    return sign("SHA384withECDSAinP1363Format", key, message);
  }

  public static SubjectPublicKeyInfo info(KeyPair keys) {
    return SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
  }

  /** The uncompressed point of an EC key. */
  public static byte[] point(KeyPair keys) {
    return info(keys).getPublicKeyData().getOctets();
  }

  public static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] encoded(org.bouncycastle.util.Encodable value) {
    try {
      return value.getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static SecureRandom seeded(long seed) throws GeneralSecurityException {
    SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
    random.setSeed(seed);
    return random;
  }
}
