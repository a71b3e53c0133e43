package io.silenda.attest.provider.tpm;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.ByteReader;
import io.silenda.attest.pki.EcCurve;
import io.silenda.attest.pki.PublicKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/** TPMT_PUBLIC of keys that can sign quotes, [TPM2] Part 2 section 12.2.4. */
record TpmPublicArea(AsymmetricKeyParameter key) {
  private static final String STRUCTURE = "TPMT_PUBLIC";
  private static final int ALG_RSA = 0x0001;
  private static final int ALG_SHA256 = 0x000b;
  private static final int ALG_NULL = 0x0010;
  private static final int ALG_ECDSA = 0x0018;
  private static final int ALG_ECC = 0x0023;
  private static final int CURVE_P256 = 0x0003;
  private static final int CURVE_P384 = 0x0004;
  private static final int LONGEST_NUMBER = 512;
  private static final long DEFAULT_EXPONENT = 65_537;

  /** fixedTPM, restricted and sign, [TPM2] Part 2 section 8.3: quotes and nothing else. */
  private static final int ATTRIBUTES_NEEDED = (1 << 1) | (1 << 16) | (1 << 18);

  /** And fixedParent, sensitiveDataOrigin, userWithAuth, noDA. */
  private static final int ATTRIBUTES =
      ATTRIBUTES_NEEDED | (1 << 4) | (1 << 5) | (1 << 6) | (1 << 10);

  /** What to make: a restricted ECDSA key on P-256 that never leaves the TPM. */
  static byte[] template() {
    return new TpmBytes()
        .u16(ALG_ECC)
        .u16(ALG_SHA256)
        .u32(ATTRIBUTES)
        .u16(0)
        .u16(ALG_NULL)
        .u16(ALG_ECDSA)
        .u16(ALG_SHA256)
        .u16(CURVE_P256)
        .u16(ALG_NULL)
        .u16(0)
        .u16(0)
        .toByteArray();
  }

  static TpmPublicArea parse(byte[] area) throws AttestationException {
    ByteReader reader = ByteReader.bigEndian(STRUCTURE, area);
    int type = reader.u16("type");
    reader.u16("nameAlg");
    long attributes = reader.u32("objectAttributes");
    if ((attributes & ATTRIBUTES_NEEDED) != ATTRIBUTES_NEEDED) {
      throw bad("attributes 0x" + Long.toHexString(attributes), "a restricted signing key");
    }
    sized(reader, "authPolicy");
    if (reader.u16("symmetric") != ALG_NULL) {
      throw bad("a storage key", "a signing key");
    }
    if (reader.u16("scheme") != ALG_NULL) {
      reader.u16("scheme hash");
    }
    TpmPublicArea publicArea =
        switch (type) {
          case ALG_RSA -> rsa(reader);
          case ALG_ECC -> ecc(reader);
          default -> throw bad("type 0x" + Integer.toHexString(type), "RSA or ECC");
        };
    reader.end();
    return publicArea;
  }

  private static TpmPublicArea rsa(ByteReader reader) throws AttestationException {
    reader.u16("keyBits");
    long exponent = reader.u32("exponent");
    BigInteger modulus = new BigInteger(1, sized(reader, "modulus"));
    try {
      return new TpmPublicArea(
          new RSAKeyParameters(
              false, modulus, BigInteger.valueOf(exponent == 0 ? DEFAULT_EXPONENT : exponent)));
    } catch (IllegalArgumentException e) {
      throw bad("no RSA key", "an RSA key");
    }
  }

  private static TpmPublicArea ecc(ByteReader reader) throws AttestationException {
    int curve = reader.u16("curveID");
    if (reader.u16("kdf") != ALG_NULL) {
      reader.u16("kdf hash");
    }
    EcCurve known =
        switch (curve) {
          case CURVE_P256 -> EcCurve.P256;
          case CURVE_P384 -> EcCurve.P384;
          default -> throw bad("curve 0x" + Integer.toHexString(curve), "P-256 or P-384");
        };
    byte[] point = new byte[2 * known.fieldBytes()];
    for (int half = 0; half < 2; half++) {
      byte[] number = sized(reader, half == 0 ? "x" : "y");
      if (number.length > known.fieldBytes()) {
        throw bad(number.length + " bytes of a point", "at most " + known.fieldBytes());
      }
      int end = (half + 1) * known.fieldBytes();
      System.arraycopy(number, 0, point, end - number.length, number.length);
    }
    return new TpmPublicArea(PublicKey.ofRawPoint("ak", known, point).parameters());
  }

  private static byte[] sized(ByteReader reader, String field) throws AttestationException {
    int size = reader.u16(field + " size");
    if (size > LONGEST_NUMBER) {
      throw bad(field + " of " + size + " bytes", "at most " + LONGEST_NUMBER);
    }
    return reader.bytes(field, size);
  }

  /** The key as a PEM file (RFC 7468, section 13). */
  byte[] pem() throws AttestationException {
    try {
      byte[] der = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(key).getEncoded("DER");
      String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
      return ("-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n")
          .getBytes(StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw bad("a key without encoding", "a public key");
    }
  }

  private static AttestationException bad(String seen, String wanted) {
    return new AttestationException(Reason.BAD_FIELD, "tpm-public-area", seen, wanted);
  }
}
