package io.silenda.he.wire;

import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.PackedCiphertext;
import io.silenda.he.PackedPolynomials;
import io.silenda.he.wire.WireFormatException.Reason;
import java.io.IOException;
import java.io.OutputStream;

/** What requests and responses have in common. */
final class CiphertextCodec {
  /** As far as the encoder goes, less a little: how logarithms round must not matter. */
  private static final double SCALE_MARGIN_BITS = 1.501;

  private CiphertextCodec() {}

  static long payloadBytes(CkksContext context, int level, int polynomials, boolean seeded) {
    long polynomial = PackedPolynomials.bytesAtLevel(context, level);
    return seeded
        ? PackedPolynomials.SEED_BYTES + (polynomials - 1) * polynomial
        : polynomials * polynomial;
  }

  /**
   * Bytes of a ciphertext at level 0 whose coefficients are sent without their lowest bits.
   *
   * @throws IllegalArgumentException if more bits are dropped than a response can spare
   */
  static long roundedPayloadBytes(CkksContext context, int polynomials, int droppedBits) {
    int most = PackedPolynomials.maxDroppedBits(context);
    if (droppedBits < 0 || droppedBits > most) {
      throw new IllegalArgumentException("droppedBits is " + droppedBits + ", not in 0.." + most);
    }
    return (long) polynomials * PackedPolynomials.roundedBytes(context, droppedBits);
  }

  static void write(WireKind kind, Envelope envelope, Ciphertext ciphertext, OutputStream out)
      throws IOException {
    write(kind, envelope, ciphertext, 0, out);
  }

  static void write(
      WireKind kind, Envelope envelope, Ciphertext ciphertext, int droppedBits, OutputStream out)
      throws IOException {
    CkksContext context = ciphertext.context();
    boolean seeded = kind == WireKind.REQUEST && ciphertext.isSeeded();
    requireWritable(context, ciphertext);
    if (droppedBits > 0 && ciphertext.level() > 0) {
      throw new IllegalArgumentException(
          "bits are dropped at level 0 only, ciphertext is at level " + ciphertext.level());
    }
    FrameWriter writer =
        new FrameWriter(out, header(kind, envelope, ciphertext, seeded, droppedBits));
    byte[] buffer = PublicKeyCodec.buffer(context);
    if (seeded) {
      PackedCiphertext.seed(ciphertext, buffer);
      writer.write(buffer, PackedPolynomials.SEED_BYTES);
    }
    for (int polynomial = 0; polynomial < ciphertext.size(); polynomial++) {
      if (!seeded || polynomial != 1) {
        writePolynomial(ciphertext, polynomial, droppedBits, buffer, writer);
      }
    }
    writer.finish();
  }

  private static WireHeader header(
      WireKind kind, Envelope envelope, Ciphertext ciphertext, boolean seeded, int droppedBits) {
    CkksContext context = ciphertext.context();
    long payloadBytes =
        droppedBits == 0
            ? payloadBytes(context, ciphertext.level(), ciphertext.size(), seeded)
            : roundedPayloadBytes(context, ciphertext.size(), droppedBits);
    return new WireHeader(
        kind,
        ciphertext.size(),
        seeded,
        ciphertext.level(),
        droppedBits,
        envelope.rows(),
        envelope.part(),
        envelope.parts(),
        0,
        ciphertext.scale(),
        payloadBytes,
        ParametersCodec.digest(context),
        envelope.modelDigest(),
        envelope.keyId(),
        envelope.requestId());
  }

  private static void writePolynomial(
      Ciphertext ciphertext, int polynomial, int droppedBits, byte[] buffer, FrameWriter writer)
      throws IOException {
    if (droppedBits > 0) {
      PackedCiphertext.getRounded(ciphertext, polynomial, 0, droppedBits, buffer);
      writer.write(buffer, PackedPolynomials.roundedBytes(ciphertext.context(), droppedBits));
      return;
    }
    for (int prime = 0; prime <= ciphertext.level(); prime++) {
      PackedCiphertext.get(ciphertext, polynomial, prime, buffer);
      writer.write(buffer, PackedPolynomials.bytes(ciphertext.context(), prime));
    }
  }

  private static void requireWritable(CkksContext context, Ciphertext ciphertext) {
    if (!isScaleInRange(context, ciphertext.level(), ciphertext.scale())) {
      throw new IllegalArgumentException(
          "ciphertext has the scale " + ciphertext.scale() + ", which no reader accepts");
    }
  }

  /** Reads the payload of a header whose ids were compared already. */
  static Ciphertext read(FrameReader reader, CkksContext context)
      throws IOException, WireFormatException {
    WireHeader header = reader.header();
    requireLevelAndScale(header, context);
    reader.requirePayload(announcedPayloadBytes(header, context));
    byte[] buffer = PublicKeyCodec.buffer(context);
    try (PackedCiphertext ciphertext =
        new PackedCiphertext(context, header.level(), header.polynomials(), header.scale())) {
      if (header.seeded()) {
        reader.read(buffer, PackedPolynomials.SEED_BYTES);
        ciphertext.expandSecond(buffer);
      }
      for (int polynomial = 0; polynomial < header.polynomials(); polynomial++) {
        if (!header.seeded() || polynomial != 1) {
          readPolynomial(reader, context, polynomial, buffer, ciphertext);
        }
      }
      reader.finish();
      requireHidden(ciphertext);
      return ciphertext.finish();
    }
  }

  private static long announcedPayloadBytes(WireHeader header, CkksContext context)
      throws WireFormatException {
    if (header.droppedBits() == 0) {
      return payloadBytes(context, header.level(), header.polynomials(), header.seeded());
    }
    if (header.level() > 0 || header.droppedBits() > PackedPolynomials.maxDroppedBits(context)) {
      throw new WireFormatException(
          Reason.MALFORMED_HEADER,
          header.droppedBits() + " bits cannot be dropped at level " + header.level());
    }
    return roundedPayloadBytes(context, header.polynomials(), header.droppedBits());
  }

  private static void readPolynomial(
      FrameReader reader,
      CkksContext context,
      int polynomial,
      byte[] buffer,
      PackedCiphertext ciphertext)
      throws IOException, WireFormatException {
    int droppedBits = reader.header().droppedBits();
    if (droppedBits > 0) {
      reader.read(buffer, PackedPolynomials.roundedBytes(context, droppedBits));
      PublicKeyCodec.requireInRange(ciphertext.setRounded(polynomial, 0, droppedBits, buffer), 0);
      return;
    }
    for (int prime = 0; prime <= reader.header().level(); prime++) {
      reader.read(buffer, PackedPolynomials.bytes(context, prime));
      PublicKeyCodec.requireInRange(ciphertext.set(polynomial, prime, buffer), prime);
    }
  }

  private static void requireLevelAndScale(WireHeader header, CkksContext context)
      throws WireFormatException {
    int maxLevel = context.parameters().maxLevel();
    if (header.level() > maxLevel) {
      throw new WireFormatException(
          Reason.WRONG_LEVEL, "level " + header.level() + " is not in 0.." + maxLevel);
    }
    if (!isScaleInRange(context, header.level(), header.scale())) {
      throw new WireFormatException(
          Reason.WRONG_SCALE,
          "scale " + header.scale() + " is out of range at level " + header.level());
    }
  }

  /** NaN is out of range, too. */
  private static boolean isScaleInRange(CkksContext context, int level, double scale) {
    double log2Scale = Math.log(scale) / Math.log(2);
    return scale >= 1 && log2Scale <= context.log2Modulus(level) - SCALE_MARGIN_BITS;
  }

  private static void requireHidden(PackedCiphertext ciphertext) throws WireFormatException {
    if (ciphertext.isTransparent()) {
      throw new WireFormatException(
          Reason.TRANSPARENT_CIPHERTEXT, "its ciphertext is not encrypted");
    }
  }
}
