package io.silenda.attest.pki;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;

/** Curves of NIST (FIPS 186-5) with the hash that goes with each. */
public enum EcCurve {
  /** secp256r1 with SHA-256. */
  P256(SECObjectIdentifiers.secp256r1, 32),
  /** secp384r1 with SHA-384. */
  P384(SECObjectIdentifiers.secp384r1, 48),
  /** secp521r1 with SHA-512. */
  P521(SECObjectIdentifiers.secp521r1, 66);

  private final int fieldBytes;

  // Bouncy Castle's domain parameters are immutable without saying so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final ECNamedDomainParameters domain;

  EcCurve(ASN1ObjectIdentifier oid, int fieldBytes) {
    this.fieldBytes = fieldBytes;
    domain = new ECNamedDomainParameters(oid, CustomNamedCurves.getByOID(oid));
  }

  /** Bytes of a coordinate, and of each half of a raw signature. */
  public int fieldBytes() {
    return fieldBytes;
  }

  /** The curve for Bouncy Castle's lightweight API. */
  public ECNamedDomainParameters domain() {
    return domain;
  }

  Digest digest() {
    return switch (this) {
      case P256 -> new SHA256Digest();
      case P384 -> new SHA384Digest();
      case P521 -> new SHA512Digest();
    };
  }

  /** Refuses what is not on the curve with an {@link IllegalArgumentException}. */
  ECPublicKeyParameters publicKey(byte[] encodedPoint) {
    return new ECPublicKeyParameters(domain.getCurve().decodePoint(encodedPoint), domain);
  }
}
