package io.silenda.attest.provider.tpm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A character device, such as {@code /dev/tpmrm0}: one write a command, one read a response. */
final class DeviceTransport implements TpmTransport {
  private final FileChannel channel;
  private final Duration timeout;

  private DeviceTransport(FileChannel channel, Duration timeout) {
    this.channel = channel;
    this.timeout = timeout;
  }

  static DeviceTransport open(Path device, Duration timeout) throws IOException {
    return new DeviceTransport(
        FileChannel.open(device, StandardOpenOption.READ, StandardOpenOption.WRITE), timeout);
  }

  /** A device cannot be asked with a time limit; closing it ends whoever waits for it. */
  @Override
  public byte[] transmit(byte[] command) throws IOException {
    FutureTask<byte[]> exchange = new FutureTask<>(() -> exchange(command));
    Thread worker = new Thread(exchange, "tpm-device");
    worker.setDaemon(true);
    worker.start();
    try {
      return exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      channel.close();
      throw new IOException("no response within " + timeout.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      channel.close();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }

  private byte[] exchange(byte[] command) throws IOException {
    int written = channel.write(ByteBuffer.wrap(command));
    if (written != command.length) {
      throw new IOException(written + " of " + command.length + " bytes taken");
    }
    ByteBuffer response = ByteBuffer.allocate(MAX_RESPONSE_BYTES);
    int read = channel.read(response);
    return Arrays.copyOf(response.array(), Math.max(0, read));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
