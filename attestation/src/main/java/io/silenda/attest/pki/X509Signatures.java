package io.silenda.attest.pki;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.bouncycastle.crypto.signers.RSADigestSigner;

/**
 * Signatures on certificates and revocation lists: ECDSA, RSA PKCS#1 and RSA PSS (RFC 4055), each
 * with SHA-256, SHA-384 or SHA-512. No SHA-1.
 */
public final class X509Signatures {
  private static final Map<ASN1ObjectIdentifier, Supplier<Digest>> ECDSA =
      Map.of(
          X9ObjectIdentifiers.ecdsa_with_SHA256, SHA256Digest::new,
          X9ObjectIdentifiers.ecdsa_with_SHA384, SHA384Digest::new,
          X9ObjectIdentifiers.ecdsa_with_SHA512, SHA512Digest::new);
  private static final Map<ASN1ObjectIdentifier, Supplier<Digest>> RSA =
      Map.of(
          PKCSObjectIdentifiers.sha256WithRSAEncryption, SHA256Digest::new,
          PKCSObjectIdentifiers.sha384WithRSAEncryption, SHA384Digest::new,
          PKCSObjectIdentifiers.sha512WithRSAEncryption, SHA512Digest::new);
  private static final Map<ASN1ObjectIdentifier, Supplier<Digest>> HASHES =
      Map.of(
          NISTObjectIdentifiers.id_sha256, SHA256Digest::new,
          NISTObjectIdentifiers.id_sha384, SHA384Digest::new,
          NISTObjectIdentifiers.id_sha512, SHA512Digest::new);

  private X509Signatures() {}

  /**
   * Whether {@code signature} is one of {@code message} under {@code key}.
   *
   * @throws AttestationException where the algorithm is none of the above or the key is of another
   *     kind
   */
  public static boolean verify(
      String owner, AlgorithmIdentifier algorithm, PublicKey key, byte[] message, byte[] signature)
      throws AttestationException {
    Signer signer = signer(owner, algorithm, key);
    signer.init(false, key.parameters());
    signer.update(message, 0, message.length);
    return signer.verifySignature(signature);
  }

  private static Signer signer(String owner, AlgorithmIdentifier algorithm, PublicKey key)
      throws AttestationException {
    ASN1ObjectIdentifier oid = algorithm.getAlgorithm();
    if (key.parameters() instanceof ECPublicKeyParameters && ECDSA.containsKey(oid)) {
      return new DSADigestSigner(new ECDSASigner(), ECDSA.get(oid).get());
    }
    if (key.parameters() instanceof RSAKeyParameters) {
      if (RSA.containsKey(oid)) {
        return new RSADigestSigner(RSA.get(oid).get());
      }
      if (oid.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
        return pss(owner, algorithm);
      }
    }
    throw unsupported(owner, oid.getId());
  }

  private static Signer pss(String owner, AlgorithmIdentifier algorithm)
      throws AttestationException {
    try {
      RSASSAPSSparams parameters = RSASSAPSSparams.getInstance(algorithm.getParameters());
      ASN1ObjectIdentifier hash = parameters.getHashAlgorithm().getAlgorithm();
      AlgorithmIdentifier mask = parameters.getMaskGenAlgorithm();
      ASN1ObjectIdentifier maskHash =
          AlgorithmIdentifier.getInstance(mask.getParameters()).getAlgorithm();
      Supplier<Digest> digest = HASHES.get(hash);
      if (digest == null
          || !mask.getAlgorithm().equals(PKCSObjectIdentifiers.id_mgf1)
          || !maskHash.equals(hash)
          || !parameters.getTrailerField().equals(BigInteger.ONE)) {
        throw unsupported(owner, "PSS with " + hash.getId());
      }
      int saltBytes = parameters.getSaltLength().intValueExact();
      if (saltBytes < 0 || saltBytes > digest.get().getDigestSize()) {
        throw unsupported(owner, "PSS with a salt of " + saltBytes + " bytes");
      }
      return new PSSSigner(new RSABlindedEngine(), digest.get(), digest.get(), saltBytes);
    } catch (RuntimeException e) {
      throw unsupported(owner, "PSS with malformed parameters");
    }
  }

  private static AttestationException unsupported(String owner, String seen) {
    return new AttestationException(
        Reason.UNSUPPORTED_ALGORITHM,
        owner,
        "signature algorithm " + seen,
        "ECDSA, RSA or RSA-PSS with SHA-256, SHA-384 or SHA-512, and a key of that kind");
  }
}
