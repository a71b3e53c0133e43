package io.silenda.attest.channel;

import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * The content of an answer on its way into a seal. Only {@link #finish} makes it whole: an answer
 * that is merely closed, as after a failure, is refused by its reader. Not thread-safe.
 */
public final class AnswerStream extends SealingStream {
  private final UnaryOperator<byte[]> receiptOf;

  AnswerStream(FrameWriter writer, UnaryOperator<byte[]> receiptOf) {
    super(writer, "answer");
    this.receiptOf = receiptOf;
  }

  /**
   * Seals what is left, and the receipt.
   *
   * @return the receipt, COSE_Sign1
   */
  public byte[] finish() throws IOException {
    FrameWriter writer = end();
    byte[] receipt = receiptOf.apply(writer.contentHash());
    writer.finish(receipt);
    return receipt;
  }
}
