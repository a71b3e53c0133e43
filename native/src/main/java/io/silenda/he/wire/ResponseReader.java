package io.silenda.he.wire;

import io.silenda.he.Ciphertext;
import io.silenda.he.CkksContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Reads the parts of the response to one request, one at a time. Each must carry the envelope of
 * the part that it answers. Not thread-safe; it does not close the stream.
 */
public final class ResponseReader {
  private final InputStream in;
  private final CkksContext context;
  private final List<Envelope> request;
  private int next;

  /**
   * Reads nothing yet.
   *
   * @param request the envelopes that the parts of the request were sent with, in order
   */
  public ResponseReader(InputStream in, CkksContext context, List<Envelope> request) {
    this.in = in;
    this.context = context;
    this.request = List.copyOf(request);
  }

  /** Whether there is another part. */
  public boolean hasNext() {
    return next < request.size();
  }

  /**
   * The next part; the caller closes it. With the last part it requires the end of the stream.
   *
   * @throws NoSuchElementException if there is none
   */
  public Ciphertext next() throws IOException, WireFormatException {
    if (!hasNext()) {
      throw new NoSuchElementException("all parts of the response were read");
    }
    FrameReader reader = new FrameReader(in, WireKind.RESPONSE);
    check(reader, request.get(next));
    Ciphertext ciphertext = CiphertextCodec.read(reader, context);
    next++;
    if (!hasNext()) {
      requireEnd(reader, ciphertext);
    }
    return ciphertext;
  }

  private static void requireEnd(FrameReader reader, Ciphertext ciphertext)
      throws IOException, WireFormatException {
    try {
      reader.requireEnd();
    } catch (IOException | WireFormatException e) {
      ciphertext.close();
      throw e;
    }
  }

  private void check(FrameReader reader, Envelope expected) throws WireFormatException {
    WireHeader header = reader.header();
    header.requirePolynomials(2, 3, false, true);
    reader.requireParameters(context);
    reader.requireModel(expected.modelDigest());
    EnvelopeChecks.requireKey(header, expected.keyId());
    EnvelopeChecks.requireRequest(header, expected.requestId());
    EnvelopeChecks.requirePart(header, expected);
  }
}
