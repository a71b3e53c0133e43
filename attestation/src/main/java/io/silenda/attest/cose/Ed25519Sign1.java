package io.silenda.attest.cose;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.cbor.Cbor;
import io.silenda.attest.cbor.CborEncoder;
import io.silenda.attest.cose.CoseSign1.Parts;
import io.silenda.attest.cose.CoseSign1.Tagging;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.jspecify.annotations.Nullable;

/**
 * Signs COSE_Sign1 messages (RFC 9052, section 4.2, tagged) with EdDSA over Ed25519 (RFC 9053,
 * section 2.2), and verifies them. Thread-safe. {@link #close} drops the private key: Bouncy
 * Castle's key objects cannot be overwritten.
 */
public final class Ed25519Sign1 implements AutoCloseable {
  private static final long EDDSA = -8;
  private static final long TAG = 18;
  private static final byte[] PROTECTED =
      new CborEncoder().map(Map.of(1L, new CborEncoder().integer(EDDSA).toBytes())).toBytes();

  private final AtomicReference<@Nullable Ed25519PrivateKeyParameters> secret;
  private final Ed25519Key publicKey;

  private Ed25519Sign1(Ed25519PrivateKeyParameters secret) {
    this.secret = new AtomicReference<>(secret);
    this.publicKey = new Ed25519Key(secret.generatePublicKey());
  }

  /** A signer with a new key. */
  public static Ed25519Sign1 generate() {
    return new Ed25519Sign1(new Ed25519PrivateKeyParameters(new SecureRandom()));
  }

  /** The public half. */
  public Ed25519Key publicKey() {
    return publicKey;
  }

  /** The message with {@code payload} attached. */
  public byte[] sign(byte[] payload) {
    Ed25519PrivateKeyParameters held = secret.get();
    if (held == null) {
      throw new IllegalStateException("the signer is closed");
    }
    byte[] message = CoseSign1.toBeSigned(PROTECTED, payload);
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, held);
    signer.update(message, 0, message.length);
    return encode(PROTECTED, payload, signer.generateSignature());
  }

  private static byte[] encode(byte[] protectedHeader, byte[] payload, byte[] signature) {
    return new CborEncoder()
        .tag(TAG)
        .array(4)
        .bytes(protectedHeader)
        .map(Map.of())
        .bytes(payload)
        .bytes(signature)
        .toBytes();
  }

  /**
   * The payload of a message that {@code key} signed.
   *
   * @param check names the check, such as {@code receipt-signature}
   * @throws AttestationException with {@code reason} where it did not; where it is no such message,
   *     with a reason of form
   */
  public static byte[] verify(byte[] message, Ed25519Key key, String check, Reason reason)
      throws AttestationException {
    Parts parts = CoseSign1.split(message, Tagging.TAGGED);
    long algorithm = CoseSign1.algorithmId(parts.protectedHeader());
    if (algorithm != EDDSA) {
      throw new AttestationException(
          Reason.UNSUPPORTED_ALGORITHM, check, "COSE algorithm " + algorithm, "-8 (EdDSA)");
    }
    // Nothing that is not signed may differ, not even the unprotected header.
    Cbor.requireDeterministic(
        check, message, encode(parts.protectedHeader(), parts.payload(), parts.signature()));
    byte[] signed = CoseSign1.toBeSigned(parts.protectedHeader(), parts.payload());
    Ed25519Signer verifier = new Ed25519Signer();
    verifier.init(false, key.parameters());
    verifier.update(signed, 0, signed.length);
    if (!verifier.verifySignature(parts.signature())) {
      throw new AttestationException(
          reason, check, "a signature that does not verify", "one by the attested key");
    }
    return parts.payload();
  }

  @Override
  public void close() {
    secret.set(null);
  }
}
