package io.silenda.attest.channel;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The content of a request on its way into a seal. Only {@link #finish} makes it whole: a request
 * that is merely closed is refused by the worker. Not thread-safe.
 */
public final class RequestStream extends OutputStream {
  private final FrameWriter writer;
  private final Exchange exchange;
  private boolean finished;

  RequestStream(FrameWriter writer, Exchange exchange) {
    this.writer = writer;
    this.exchange = exchange;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] content, int offset, int length) throws IOException {
    if (finished) {
      throw new IllegalStateException("the request is finished");
    }
    writer.write(content, offset, length);
  }

  /** Seals what is left; opens the answer. */
  public Exchange finish() throws IOException {
    if (finished) {
      throw new IllegalStateException("the request is finished");
    }
    finished = true;
    exchange.sent(writer.contentHash());
    writer.finish(new byte[0]);
    return exchange;
  }

  @Override
  public void close() {
    if (!finished) {
      finished = true;
      writer.close();
      exchange.close();
    }
  }
}
