package io.silenda.attest.channel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * A request that is being read, and the means to answer it once. Not thread-safe. Its reader closes
 * it, which wipes its secrets; an answer that was begun can still be finished.
 */
public final class OpenedRequest implements AutoCloseable {
  private final RequestHeader header;
  private final byte[] headerBytes;
  private final SessionKeys secrets;
  private final AttestedEndpoint.AnswerSigner signer;
  private final SealedInputStream content;
  private byte[] inputHash = new byte[0];
  private boolean answered;

  private OpenedRequest(
      FrameReader reader,
      RequestHeader header,
      byte[] headerBytes,
      SessionKeys secrets,
      AttestedEndpoint.AnswerSigner signer)
      throws IOException, AttestationException {
    this.header = header;
    this.headerBytes = headerBytes;
    this.secrets = secrets;
    this.signer = signer;
    this.content = SealedInputStream.open(reader, this::ended);
  }

  static OpenedRequest open(
      FrameReader reader,
      RequestHeader header,
      byte[] headerBytes,
      SessionKeys secrets,
      AttestedEndpoint.AnswerSigner signer)
      throws IOException, AttestationException {
    return new OpenedRequest(reader, header, headerBytes, secrets, signer);
  }

  private void ended(byte[] trailer, byte[] contentHash) throws AttestationException {
    if (trailer.length != 0) {
      throw new AttestationException(
          Reason.BAD_LENGTH, "sealed-request", "a trailer", "no trailer");
    }
    inputHash = contentHash;
  }

  /** The number of this request in its session, from 1. */
  public long sequence() {
    return header.counter();
  }

  /** The session, hex; no secret. */
  public String session() {
    return header.session().hex();
  }

  /**
   * The content as it comes. What has been read is authentic, but complete only at the end; a
   * refusal on the way is a {@link SealedBodyException}.
   */
  public InputStream content() {
    return content;
  }

  /**
   * The whole content.
   *
   * @throws AttestationException where any frame does not open, or the final one is missing
   */
  public byte[] readContent() throws AttestationException {
    return content.readContent();
  }

  /** The answer with this content, sealed to whoever asked. */
  public byte[] sealAnswer(byte[] answer) {
    MessageBuffer out =
        new MessageBuffer(
            AnswerHeader.BYTES + Frames.sealedBytes(answer.length, Frames.TRAILER_BLOCK));
    try {
      AnswerStream stream = answer(out);
      stream.write(answer);
      stream.finish();
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot fail to be written", e);
    }
    return out.toBytes();
  }

  /**
   * Begins an answer.
   *
   * @param out gets the header at once; stays open
   * @throws IllegalStateException where the request has been answered or closed
   */
  public AnswerStream answer(OutputStream out) throws IOException {
    if (answered) {
      throw new IllegalStateException("the request is answered, or closed");
    }
    answered = true;
    byte[] bytes = new AnswerHeader(header.session(), header.counter(), signer.nonce()).encode();
    BodyKeys keys = secrets.answer(headerBytes, bytes);
    out.write(bytes);
    return new AnswerStream(new FrameWriter(keys, out), this::receipt);
  }

  private byte[] receipt(byte[] outputHash) {
    if (!content.isEnded()) {
      throw new IllegalStateException("the request must be read to its end before its answer ends");
    }
    return signer.receipt(header.counter(), inputHash, outputHash);
  }

  @Override
  public void close() {
    answered = true;
    content.close();
    secrets.close();
  }
}
