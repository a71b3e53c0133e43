package io.silenda.attest.testing;

import io.silenda.attest.pki.EcCurve;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.ContentSigner;

/**
 * A P-256 key that follows from its name: the same in every run. Signs deterministically (RFC
 * 6979).
 */
public final class TestKey {
  private final ECPrivateKeyParameters privateKey;
  private final ECPublicKeyParameters publicKey;

  /** The key of that name. */
  public TestKey(String name) {
    BigInteger d = new BigInteger(1, sha256(name.getBytes(StandardCharsets.UTF_8)));
    privateKey = new ECPrivateKeyParameters(d, EcCurve.P256.domain());
    publicKey =
        new ECPublicKeyParameters(EcCurve.P256.domain().getG().multiply(d), EcCurve.P256.domain());
  }

  /** The public key for certificates. */
  public SubjectPublicKeyInfo info() {
    try {
      return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicKey);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The point: x, y. */
  public byte[] rawPoint() {
    return Arrays.copyOfRange(publicKey.getQ().getEncoded(false), 1, 65);
  }

  /** r, s over SHA-256 of {@code message}. */
  public byte[] sign(byte[] message) {
    BigInteger[] rs = signature(message);
    byte[] raw = new byte[64];
    put(rs[0], raw, 0);
    put(rs[1], raw, 32);
    return raw;
  }

  /** For builders of certificates and revocation lists. */
  public ContentSigner contentSigner() {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    return new ContentSigner() {
      @Override
      public AlgorithmIdentifier getAlgorithmIdentifier() {
        return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
      }

      @Override
      public OutputStream getOutputStream() {
        return content;
      }

      @Override
      public byte[] getSignature() {
        BigInteger[] rs = signature(content.toByteArray());
        ASN1Integer[] both = {new ASN1Integer(rs[0]), new ASN1Integer(rs[1])};
        try {
          return new DERSequence(both).getEncoded();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  /** SHA-256. */
  public static byte[] sha256(byte[]... parts) {
    SHA256Digest digest = new SHA256Digest();
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] hash = new byte[32];
    digest.doFinal(hash, 0);
    return hash;
  }

  private BigInteger[] signature(byte[] message) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, privateKey);
    return signer.generateSignature(sha256(message));
  }

  private static void put(BigInteger value, byte[] raw, int offset) {
    byte[] bytes = value.toByteArray();
    int length = Math.min(bytes.length, 32);
    System.arraycopy(bytes, bytes.length - length, raw, offset + 32 - length, length);
  }
}
