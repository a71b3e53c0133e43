package io.silenda.attest.tpm;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.ByteReader;
import io.silenda.attest.pki.EcCurve;
import io.silenda.attest.pki.EcdsaSignatures;
import io.silenda.attest.pki.PublicKey;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.bouncycastle.crypto.signers.RSADigestSigner;

/**
 * TPMT_SIGNATURE, [TPM2] section 11.3.4: RSASSA, RSAPSS or ECDSA. A file that is exactly as long as
 * a 2048-, 3072- or 4096-bit RSA modulus is a bare RSASSA signature with SHA-256, as Azure's tools
 * store it.
 */
public record TpmSignature(Scheme scheme, TpmHash hash, byte[] value) {
  /** TPM_ALG_ID of signature schemes, [TPM2] section 6.3. */
  public enum Scheme {
    RSASSA,
    RSAPSS,
    ECDSA
  }

  private static final int ID_RSASSA = 0x0014;
  private static final int ID_RSAPSS = 0x0016;
  private static final int ID_ECDSA = 0x0018;
  private static final int LONGEST_RSA = 512;

  public TpmSignature {
    value = value.clone();
  }

  @Override
  public byte[] value() {
    return value.clone();
  }

  public static TpmSignature parse(byte[] file) throws AttestationException {
    if (file.length == 256 || file.length == 384 || file.length == 512) {
      return new TpmSignature(Scheme.RSASSA, TpmHash.SHA256, file);
    }
    ByteReader reader = ByteReader.bigEndian("TPMT_SIGNATURE", file);
    int id = reader.u16("sigAlg");
    TpmHash hash = TpmHash.of(reader.u16("hash"));
    TpmSignature signature =
        switch (id) {
          case ID_RSASSA -> new TpmSignature(Scheme.RSASSA, hash, sized(reader, "sig"));
          case ID_RSAPSS -> new TpmSignature(Scheme.RSAPSS, hash, sized(reader, "sig"));
          case ID_ECDSA -> new TpmSignature(Scheme.ECDSA, hash, ecdsa(reader, hash));
          default ->
              throw new AttestationException(
                  Reason.UNSUPPORTED_ALGORITHM,
                  "tpm-signature",
                  "TPM_ALG_ID 0x" + Integer.toHexString(id),
                  "RSASSA, RSAPSS or ECDSA");
        };
    reader.end();
    return signature;
  }

  private static byte[] sized(ByteReader reader, String field) throws AttestationException {
    int size = reader.u16(field + " size");
    if (size > LONGEST_RSA) {
      throw new AttestationException(
          Reason.BAD_LENGTH, "tpm-signature", field + " of " + size + " bytes", "at most 512");
    }
    return reader.bytes(field, size);
  }

  /** r and s may come without their leading zeros. */
  private static byte[] ecdsa(ByteReader reader, TpmHash hash) throws AttestationException {
    int size = curve(hash).fieldBytes();
    byte[] rs = new byte[2 * size];
    for (int half = 0; half < 2; half++) {
      byte[] part = sized(reader, half == 0 ? "signatureR" : "signatureS");
      if (part.length > size) {
        throw new AttestationException(
            Reason.BAD_SIGNATURE_ENCODING,
            "tpm-signature",
            part.length + " bytes",
            "at most " + size);
      }
      System.arraycopy(part, 0, rs, (half + 1) * size - part.length, part.length);
    }
    return rs;
  }

  /** The curve that TCG's profiles pair with a hash. */
  private static EcCurve curve(TpmHash hash) {
    return switch (hash) {
      case SHA256 -> EcCurve.P256;
      case SHA384 -> EcCurve.P384;
      case SHA512 -> EcCurve.P521;
    };
  }

  /** Refuses a message that {@code key} did not sign. */
  public void requireOver(byte[] message, PublicKey key, CheckList checks)
      throws AttestationException {
    boolean signed =
        scheme == Scheme.ECDSA
            ? EcdsaSignatures.verify("tpm-signature", curve(hash), key, message, value)
            : verifyRsa(message, key);
    checks.require(
        signed,
        "tpm-signature",
        Reason.EVIDENCE_SIGNATURE,
        scheme + " with " + hash + (signed ? " verifies" : " does not verify"),
        "a signature by the attestation key");
  }

  private boolean verifyRsa(byte[] message, PublicKey key) throws AttestationException {
    if (!(key.parameters() instanceof RSAKeyParameters rsa)) {
      throw new AttestationException(
          Reason.BAD_KEY, "tpm-signature", "a key of another kind", "an RSA key");
    }
    int size = (rsa.getModulus().bitLength() + 7) / 8;
    if (value.length != size) {
      throw new AttestationException(
          Reason.BAD_SIGNATURE_ENCODING, "tpm-signature", value.length + " bytes", size + " bytes");
    }
    Signer signer =
        scheme == Scheme.RSASSA
            ? new RSADigestSigner(digestOf(hash))
            : new PSSSigner(new RSABlindedEngine(), digestOf(hash), hash.digest().sizeBytes());
    signer.init(false, rsa);
    signer.update(message, 0, message.length);
    return signer.verifySignature(value);
  }

  private static Digest digestOf(TpmHash hash) {
    return switch (hash) {
      case SHA256 -> new SHA256Digest();
      case SHA384 -> new SHA384Digest();
      case SHA512 -> new SHA512Digest();
    };
  }
}
