package io.silenda.he.wire;

import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import io.silenda.he.wire.WireFormatException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Requests as bytes: a fresh symmetric encryption is a seed and one polynomial, any other
 * ciphertext two polynomials. A request of several parts is their frames one after the other, which
 * {@link RequestReader} reads.
 */
public final class RequestCodec {
  private RequestCodec() {}

  /**
   * Length of one part.
   *
   * @param seeded whether it is a fresh symmetric encryption
   * @throws IllegalArgumentException if the level is out of range
   */
  public static long frameBytes(CkksContext context, int level, boolean seeded) {
    return WireHeader.BYTES
        + CiphertextCodec.payloadBytes(context, level, 2, seeded)
        + Digest.BYTES;
  }

  /**
   * Writes one part of a request.
   *
   * @throws IllegalArgumentException if the ciphertext is not of size 2 or its scale is below 1
   */
  public static void write(Envelope envelope, Ciphertext ciphertext, OutputStream out)
      throws IOException {
    if (ciphertext.size() != 2) {
      throw new IllegalArgumentException("ciphertext has size " + ciphertext.size() + ", not 2");
    }
    CiphertextCodec.write(WireKind.REQUEST, envelope, ciphertext, out);
  }

  /**
   * Reads a request of a single part and requires the end of the stream behind it; the caller
   * closes it.
   */
  public static ReceivedRequest read(InputStream in, CkksContext context, ExpectedRequest expected)
      throws IOException, WireFormatException {
    RequestReader reader = new RequestReader(in, context, expected);
    ReceivedRequest request = reader.next();
    if (reader.hasNext()) {
      request.close();
      throw new WireFormatException(
          Reason.WRONG_PART, "it has " + request.envelope().parts() + " parts, not 1");
    }
    return request;
  }

  /** As {@link #read(InputStream, CkksContext, ExpectedRequest)}. */
  public static ReceivedRequest read(byte[] frame, CkksContext context, ExpectedRequest expected)
      throws IOException, WireFormatException {
    return read(new ByteArrayInputStream(frame), context, expected);
  }
}
