package io.silenda.attest.channel;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.UnaryOperator;

/**
 * The content of an answer on its way into a seal. Only {@link #finish} makes it whole: an answer
 * that is merely closed, as after a failure, is refused by its reader. Not thread-safe.
 */
public final class AnswerStream extends OutputStream {
  private final FrameWriter writer;
  private final UnaryOperator<byte[]> receiptOf;
  private boolean finished;

  AnswerStream(FrameWriter writer, UnaryOperator<byte[]> receiptOf) {
    this.writer = writer;
    this.receiptOf = receiptOf;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] content, int offset, int length) throws IOException {
    if (finished) {
      throw new IllegalStateException("the answer is finished");
    }
    writer.write(content, offset, length);
  }

  /**
   * Seals what is left, and the receipt.
   *
   * @return the receipt, COSE_Sign1
   */
  public byte[] finish() throws IOException {
    if (finished) {
      throw new IllegalStateException("the answer is finished");
    }
    finished = true;
    byte[] receipt = receiptOf.apply(writer.contentHash());
    writer.finish(receipt);
    return receipt;
  }

  @Override
  public void close() {
    finished = true;
    writer.close();
  }
}
