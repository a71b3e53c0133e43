package io.silenda.he.wire;

import io.silenda.he.CkksContext;
import io.silenda.he.KeyId;
import io.silenda.he.PackedPolynomials;
import io.silenda.he.PackedPublicKey;
import io.silenda.he.PublicKey;
import io.silenda.he.wire.WireFormatException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Public keys as bytes: a seed, and a polynomial modulo each data prime and a special one. */
public final class PublicKeyCodec {
  private PublicKeyCodec() {}

  /** Length of every frame of a public key. */
  public static long frameBytes(CkksContext context) {
    return WireHeader.BYTES + PackedPolynomials.publicKeyBytes(context) + Digest.BYTES;
  }

  /**
   * Writes a key.
   *
   * @param modelDigest the model it is for
   */
  public static void write(PublicKey key, Digest modelDigest, OutputStream out) throws IOException {
    CkksContext context = key.context();
    WireHeader header =
        WireHeader.ofKey(
            WireKind.PUBLIC_KEY,
            0,
            PackedPolynomials.publicKeyBytes(context),
            ParametersCodec.digest(context),
            modelDigest,
            key.keyId());
    FrameWriter writer = new FrameWriter(out, header);
    writePayload(key, writer);
    writer.finish();
  }

  /**
   * Reads a key and requires the end of the stream behind it; the caller closes the key.
   *
   * @param modelDigest the model it must be for
   */
  public static PublicKey read(InputStream in, CkksContext context, Digest modelDigest)
      throws IOException, WireFormatException {
    FrameReader reader = new FrameReader(in, WireKind.PUBLIC_KEY);
    reader.header().requirePolynomials(2, 2, true, false);
    reader.requireParameters(context);
    reader.requireModel(modelDigest);
    reader.requirePayload(PackedPolynomials.publicKeyBytes(context));
    try (PackedPublicKey key = readPayload(reader, context, reader.header().keyId())) {
      reader.finish();
      reader.requireEnd();
      return key.finish();
    }
  }

  /** As {@link #read(InputStream, CkksContext, Digest)}. */
  public static PublicKey read(byte[] frame, CkksContext context, Digest modelDigest)
      throws IOException, WireFormatException {
    return read(new ByteArrayInputStream(frame), context, modelDigest);
  }

  static void writePayload(PublicKey key, FrameWriter writer) throws IOException {
    CkksContext context = key.context();
    byte[] buffer = buffer(context);
    PackedPublicKey.seed(key, buffer);
    writer.write(buffer, PackedPolynomials.SEED_BYTES);
    for (int prime = 0; prime < PackedPolynomials.primesOfPublicKey(context); prime++) {
      PackedPublicKey.get(key, prime, buffer);
      writer.write(buffer, PackedPolynomials.bytes(context, prime));
    }
  }

  static PackedPublicKey readPayload(FrameReader reader, CkksContext context, KeyId keyId)
      throws IOException, WireFormatException {
    byte[] buffer = buffer(context);
    reader.read(buffer, PackedPolynomials.SEED_BYTES);
    PackedPublicKey key = new PackedPublicKey(context, keyId, buffer);
    try {
      for (int prime = 0; prime < PackedPolynomials.primesOfPublicKey(context); prime++) {
        reader.read(buffer, PackedPolynomials.bytes(context, prime));
        requireInRange(key.set(prime, buffer), prime);
      }
      return key;
    } catch (IOException | WireFormatException | RuntimeException | Error e) {
      key.close();
      throw e;
    }
  }

  /** Room for one polynomial modulo one prime, which is more than a seed. */
  static byte[] buffer(CkksContext context) {
    return new byte[PackedPolynomials.largestBytes(context)];
  }

  static void requireInRange(boolean inRange, int prime) throws WireFormatException {
    if (!inRange) {
      throw new WireFormatException(
          Reason.RESIDUE_OUT_OF_RANGE, "a residue is not below prime number " + prime);
    }
  }
}
