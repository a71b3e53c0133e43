package io.silenda.attest.provider.tpm;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** The data socket of a software TPM: bare commands and responses, as {@code swtpm} has it. */
final class SocketTransport implements TpmTransport {
  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final Duration timeout;

  private SocketTransport(SocketChannel channel, Selector selector, Duration timeout)
      throws IOException {
    this.channel = channel;
    this.selector = selector;
    this.key = channel.register(selector, SelectionKey.OP_READ);
    this.timeout = timeout;
  }

  /** Connects to an address of the internet or of a Unix domain socket. */
  static SocketTransport open(SocketAddress address, Duration timeout) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    try {
      channel.configureBlocking(false);
      return new SocketTransport(channel, Selector.open(), timeout);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public byte[] transmit(byte[] command) throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    ByteBuffer out = ByteBuffer.wrap(command);
    while (out.hasRemaining()) {
      if (channel.write(out) == 0) {
        await(SelectionKey.OP_WRITE, deadline);
      }
    }
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    receive(header, deadline);
    int size = header.getInt(2);
    if (size < HEADER_BYTES || size > MAX_RESPONSE_BYTES) {
      throw new IOException("a response of " + Integer.toUnsignedString(size) + " bytes");
    }
    ByteBuffer response = ByteBuffer.allocate(size).put(header.flip());
    receive(response, deadline);
    return response.array();
  }

  private void receive(ByteBuffer into, long deadline) throws IOException {
    while (into.hasRemaining()) {
      int read = channel.read(into);
      if (read < 0) {
        throw new IOException("the TPM closed the connection");
      }
      if (read == 0) {
        await(SelectionKey.OP_READ, deadline);
      }
    }
  }

  private void await(int operation, long deadline) throws IOException {
    key.interestOps(operation);
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    if (millis <= 0 || selector.select(millis) == 0) {
      throw new IOException("no response within " + timeout.toMillis() + " ms");
    }
    selector.selectedKeys().clear();
  }

  @Override
  public void close() throws IOException {
    try (selector) {
      channel.close();
    }
  }
}
