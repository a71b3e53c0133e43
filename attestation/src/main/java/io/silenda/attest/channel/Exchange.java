package io.silenda.attest.channel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * One request that was sealed, waiting for its answer: opens that, and no other. Serves once, for
 * good or ill. Not thread-safe. {@link #close} wipes its secrets.
 */
public final class Exchange implements AutoCloseable {
  private final RequestHeader header;
  private final byte[] headerBytes;
  private final SessionKeys keys;
  private final ReceiptCheck check;
  private byte[] inputHash = new byte[0];
  private boolean used;

  Exchange(RequestHeader header, byte[] headerBytes, SessionKeys keys, ReceiptCheck check) {
    this.header = header;
    this.headerBytes = headerBytes;
    this.keys = keys;
    this.check = check;
  }

  void sent(byte[] contentHash) {
    inputHash = contentHash;
  }

  /** The number of the request in its session, from 1. */
  public long sequence() {
    return header.counter();
  }

  /**
   * Opens the answer, and checks its receipt.
   *
   * @throws AttestationException where it is in the clear, answers something else, is incomplete or
   *     altered, or its receipt is for something else
   */
  public Answer open(byte[] answer) throws AttestationException {
    try (AnswerInput input =
        open(new ByteArrayInputStream(answer), EndpointOptions.MOST_CONTENT_BYTES)) {
      byte[] content = input.readContent();
      return new Answer(content, input.receipt());
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot fail to be read", e);
    }
  }

  /**
   * Opens an answer that comes piece by piece.
   *
   * @param answer is read as the content is
   * @param maxContentBytes the most content that is taken
   * @throws AttestationException where the beginning is not that of the answer
   */
  public AnswerInput open(InputStream answer, long maxContentBytes)
      throws IOException, AttestationException {
    if (used) {
      throw new IllegalStateException("the exchange has had its answer, or is closed");
    }
    used = true;
    try {
      byte[] bytes = MessageStart.read("sealed-answer", answer, AnswerHeader.BYTES);
      requireOurs(AnswerHeader.parse(bytes));
      FrameReader reader =
          new FrameReader(keys.answer(headerBytes, bytes), answer, maxContentBytes);
      return AnswerInput.open(reader, check, header.counter(), inputHash);
    } finally {
      close();
    }
  }

  private void requireOurs(AnswerHeader answer) throws AttestationException {
    if (!answer.session().equals(header.session()) || answer.counter() != header.counter()) {
      throw new AttestationException(
          Reason.OTHER_EXCHANGE,
          "sealed-answer",
          "an answer to request " + answer.counter() + " of session " + answer.session().hex(),
          "request " + header.counter() + " of session " + header.session().hex());
    }
  }

  @Override
  public void close() {
    used = true;
    keys.close();
  }
}
