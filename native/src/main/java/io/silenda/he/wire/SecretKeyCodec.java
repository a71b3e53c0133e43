package io.silenda.he.wire;

import io.silenda.he.CkksContext;
import io.silenda.he.KeyId;
import io.silenda.he.PackedSecretKey;
import io.silenda.he.SecretKey;
import io.silenda.he.wire.WireFormatException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Secret keys as bytes: two bits a coefficient, in two's complement. The bytes are not encrypted.
 */
public final class SecretKeyCodec {
  private SecretKeyCodec() {}

  /**
   * The bytes of a secret key, which the caller must wipe.
   *
   * @param modelDigest the model it is for
   */
  public static byte[] write(SecretKey key, Digest modelDigest) {
    CkksContext context = key.context();
    byte[] payload = new byte[PackedSecretKey.bytes(context)];
    ByteBuffer frame = ByteBuffer.allocate(WireHeader.BYTES + payload.length + Digest.BYTES);
    try {
      PackedSecretKey.get(key, payload);
      frame.put(header(context, modelDigest, key.keyId(), payload.length).toBytes()).put(payload);
    } finally {
      Arrays.fill(payload, (byte) 0);
    }
    var digest = Digest.sha256();
    digest.update(frame.array(), 0, frame.position());
    return frame.put(digest.digest()).array();
  }

  private static WireHeader header(
      CkksContext context, Digest modelDigest, KeyId keyId, int payloadBytes) {
    Digest parameters = ParametersCodec.digest(context);
    return WireHeader.ofKey(WireKind.SECRET_KEY, 0, payloadBytes, parameters, modelDigest, keyId);
  }

  /**
   * Reads a secret key; the caller closes it, and wipes the frame.
   *
   * @param modelDigest the model it must be for
   */
  public static SecretKey read(byte[] frame, CkksContext context, Digest modelDigest)
      throws WireFormatException {
    byte[] payload = new byte[PackedSecretKey.bytes(context)];
    try {
      KeyId keyId = readPayload(frame, context, modelDigest, payload);
      return PackedSecretKey.set(context, keyId, payload)
          .orElseThrow(
              () ->
                  new WireFormatException(
                      Reason.COEFFICIENT_NOT_TERNARY,
                      "a coefficient of the secret key is not -1, 0 or 1"));
    } catch (IOException e) {
      throw new IllegalStateException("reading from an array failed", e);
    } finally {
      Arrays.fill(payload, (byte) 0);
    }
  }

  private static KeyId readPayload(
      byte[] frame, CkksContext context, Digest modelDigest, byte[] payload)
      throws IOException, WireFormatException {
    FrameReader reader = new FrameReader(new ByteArrayInputStream(frame), WireKind.SECRET_KEY);
    reader.header().requirePolynomials(0, 0, false, true);
    reader.requireParameters(context);
    reader.requireModel(modelDigest);
    reader.requirePayload(payload.length);
    reader.read(payload, payload.length);
    reader.finish();
    reader.requireEnd();
    return reader.header().keyId();
  }
}
