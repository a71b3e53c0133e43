package io.silenda.bench.device;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;

/**
 * A loopback connection that carries messages no faster than a device's link would: a message takes
 * half a round trip, and its bytes the time that the link's rate gives them. Not safe for several
 * threads.
 */
final class EmulatedLink implements AutoCloseable {
  private static final int LARGEST_MESSAGE = 1 << 30;
  private static final int CHUNK = 1 << 14;

  private final Socket socket;
  private final DataOutputStream out;
  private final DataInputStream in;
  private final DeviceProfile profile;
  private long sentBytes;
  private long receivedBytes;

  EmulatedLink(Socket socket, DeviceProfile profile) throws IOException {
    socket.setTcpNoDelay(true);
    this.socket = socket;
    this.out = new DataOutputStream(socket.getOutputStream());
    this.in = new DataInputStream(socket.getInputStream());
    this.profile = profile;
  }

  /** Sends a message at the device's upward rate. */
  void send(byte[] message) throws IOException {
    long start = System.nanoTime() + profile.roundTripNanos() / 2;
    waitUntil(start);
    out.writeInt(message.length);
    for (int from = 0; from < message.length; from += CHUNK) {
      int length = Math.min(CHUNK, message.length - from);
      out.write(message, from, length);
      waitUntil(start + nanos(from + length, profile.upBitsPerSecond()));
    }
    out.flush();
    sentBytes += Integer.BYTES + message.length;
  }

  /** Receives a message at the device's downward rate. */
  byte[] receive() throws IOException {
    int length = in.readInt();
    if (length < 0 || length > LARGEST_MESSAGE) {
      throw new IOException("a message of " + length + " bytes");
    }
    long start = System.nanoTime() + profile.roundTripNanos() / 2;
    waitUntil(start);
    byte[] message = new byte[length];
    for (int from = 0; from < length; from += CHUNK) {
      int part = Math.min(CHUNK, length - from);
      in.readFully(message, from, part);
      waitUntil(start + nanos(from + part, profile.downBitsPerSecond()));
    }
    receivedBytes += Integer.BYTES + length;
    return message;
  }

  private static long nanos(long bytes, double bitsPerSecond) {
    return (long) (bytes * 8 / bitsPerSecond * 1e9);
  }

  private static void waitUntil(long deadline) {
    for (long left = deadline - System.nanoTime(); left > 0; left = deadline - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  long sentBytes() {
    return sentBytes;
  }

  long receivedBytes() {
    return receivedBytes;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
