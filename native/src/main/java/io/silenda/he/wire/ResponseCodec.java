package io.silenda.he.wire;

import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
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
