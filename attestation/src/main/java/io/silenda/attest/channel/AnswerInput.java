package io.silenda.attest.channel;

import io.silenda.attest.AttestationException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The content of an answer as it comes. What has been read is authentic; that it is complete, and
 * that its receipt is good, is known at the end of the stream. A refusal on the way is a {@link
 * SealedBodyException}. Not thread-safe.
 */
public final class AnswerInput extends InputStream {
  private final ReceiptCheck check;
  private final long sequence;
  private final byte[] inputHash;
  private final SealedInputStream content;
  private Optional<SignedReceipt> receipt = Optional.empty();

  private AnswerInput(FrameReader reader, ReceiptCheck check, long sequence, byte[] inputHash)
      throws IOException, AttestationException {
    this.check = check;
    this.sequence = sequence;
    this.inputHash = inputHash;
    this.content = SealedInputStream.open(reader, this::ended);
  }

  static AnswerInput open(FrameReader reader, ReceiptCheck check, long sequence, byte[] inputHash)
      throws IOException, AttestationException {
    return new AnswerInput(reader, check, sequence, inputHash);
  }

  private void ended(byte[] trailer, byte[] contentHash) throws AttestationException {
    receipt =
        Optional.of(
            new SignedReceipt(check.check(trailer, sequence, inputHash, contentHash), trailer));
  }

  /**
   * The receipt.
   *
   * @throws IllegalStateException before the end of the stream
   */
  public SignedReceipt receipt() {
    return receipt.orElseThrow(
        () -> new IllegalStateException("the answer is not read to its end"));
  }

  byte[] readContent() throws AttestationException {
    return content.readContent();
  }

  @Override
  public int read() throws IOException {
    return content.read();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return content.read(target, offset, length);
  }

  @Override
  public void close() {
    content.close();
  }
}
