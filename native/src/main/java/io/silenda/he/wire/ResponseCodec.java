package io.silenda.he.wire;

import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.PackedPolynomials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * Responses as bytes: two or three polynomials, never a seed. The response to a request of several
 * parts is their frames one after the other, which {@link ResponseReader} reads.
 */
public final class ResponseCodec {
  private ResponseCodec() {}

  /**
   * Length of one part.
   *
   * @param polynomials size of its ciphertext
   * @throws IllegalArgumentException if the level is out of range
   */
  public static long frameBytes(CkksContext context, int level, int polynomials) {
    return WireHeader.BYTES
        + CiphertextCodec.payloadBytes(context, level, polynomials, false)
        + Digest.BYTES;
  }

  /**
   * Writes one part of a response.
   *
   * @param request the envelope of the part that it answers
   * @throws IllegalArgumentException if the ciphertext's scale is below 1
   */
  public static void write(Envelope request, Ciphertext ciphertext, OutputStream out)
      throws IOException {
    CiphertextCodec.write(WireKind.RESPONSE, request, ciphertext, out);
  }

  /**
   * Length of one part at level 0, its coefficients without their lowest bits.
   *
   * @throws IllegalArgumentException if more bits are dropped than a response can spare
   */
  public static long roundedFrameBytes(CkksContext context, int polynomials, int droppedBits) {
    return WireHeader.BYTES
        + CiphertextCodec.roundedPayloadBytes(context, polynomials, droppedBits)
        + Digest.BYTES;
  }

  /**
   * Writes one part of a response at level 0 without the lowest bits of its coefficients. Each slot
   * gains an error of about {@code 2^droppedBits · N / 6} over the scale.
   *
   * @param request the envelope of the part that it answers
   * @param droppedBits at most {@link PackedPolynomials#maxDroppedBits}
   * @throws IllegalArgumentException if the ciphertext is not at level 0, its scale is below 1 or
   *     more bits are dropped than it can spare
   */
  public static void writeRounded(
      Envelope request, Ciphertext ciphertext, int droppedBits, OutputStream out)
      throws IOException {
    CiphertextCodec.write(WireKind.RESPONSE, request, ciphertext, droppedBits, out);
  }

  /**
   * Reads the response to a request of a single part and requires the end of the stream behind it;
   * the caller closes it.
   *
   * @param request the envelope that the request was sent with; every field must be the same
   */
  public static Ciphertext read(InputStream in, CkksContext context, Envelope request)
      throws IOException, WireFormatException {
    return new ResponseReader(in, context, List.of(request)).next();
  }

  /** As {@link #read(InputStream, CkksContext, Envelope)}. */
  public static Ciphertext read(byte[] frame, CkksContext context, Envelope request)
      throws IOException, WireFormatException {
    return read(new ByteArrayInputStream(frame), context, request);
  }
}
