package io.silenda.he.wire;

import io.silenda.he.CkksContext;
import io.silenda.he.wire.WireFormatException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of one request, one at a time, and refuses parts that are missing, out of order,
 * of another request or too many. Not thread-safe; it does not close the stream.
 */
public final class RequestReader {
  private final InputStream in;
  private final CkksContext context;
  private final ExpectedRequest expected;
  private @Nullable Envelope previous;

  /** Reads nothing yet. */
  public RequestReader(InputStream in, CkksContext context, ExpectedRequest expected) {
    this.in = in;
    this.context = context;
    this.expected = expected;
  }

  /** Whether there is another part. The first part says how many there are. */
  public boolean hasNext() {
    return previous == null || previous.part() + 1 < previous.parts();
  }

  /**
   * The next part; the caller closes it. With the last part it requires the end of the stream.
   *
   * @throws NoSuchElementException if there is none
   */
  public ReceivedRequest next() throws IOException, WireFormatException {
    if (!hasNext()) {
      throw new NoSuchElementException("all parts of the request were read");
    }
    FrameReader reader = new FrameReader(in, WireKind.REQUEST);
    Envelope envelope = check(reader);
    ReceivedRequest request = new ReceivedRequest(envelope, CiphertextCodec.read(reader, context));
    previous = envelope;
    if (!hasNext()) {
      requireEnd(reader, request);
    }
    return request;
  }

  private static void requireEnd(FrameReader reader, ReceivedRequest request)
      throws IOException, WireFormatException {
    try {
      reader.requireEnd();
    } catch (IOException | WireFormatException e) {
      request.close();
      throw e;
    }
  }

  private Envelope check(FrameReader reader) throws WireFormatException {
    WireHeader header = reader.header();
    header.requirePolynomials(2, 2, true, true);
    reader.requireParameters(context);
    reader.requireModel(expected.modelDigest());
    EnvelopeChecks.requireKey(header, expected.keyId());
    expected.check(header);
    int part = previous == null ? 0 : previous.part() + 1;
    int parts = previous == null ? header.parts() : previous.parts();
    if (header.part() != part || header.parts() != parts) {
      throw new WireFormatException(
          Reason.WRONG_PART,
          "part %d of %d where part %d of %d is due"
              .formatted(header.part(), header.parts(), part, parts));
    }
    if (previous != null) {
      EnvelopeChecks.requireRequest(header, previous.requestId());
    }
    return new Envelope(
        header.keyId(), header.modelDigest(), header.requestId(), header.rows(), part, parts);
  }
}
