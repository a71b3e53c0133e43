package io.silenda.attest.channel;

import java.io.IOException;

/**
 * The content of a request on its way into a seal. Only {@link #finish} makes it whole: a request
 * that is merely closed is refused by the worker. Not thread-safe.
 */
public final class RequestStream extends SealingStream {
  private final Exchange exchange;

  RequestStream(FrameWriter writer, Exchange exchange) {
    super(writer, "request");
    this.exchange = exchange;
  }

  /** Seals what is left; opens the answer. */
  public Exchange finish() throws IOException {
    FrameWriter writer = end();
    exchange.sent(writer.contentHash());
    writer.finish(new byte[0]);
    return exchange;
  }

  @Override
  void abandoned() {
    exchange.close();
  }
}
