package io.silenda.infer.enclave.pipe;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads and writes messages. One thread at a time may read and one write. Does not own its streams.
 */
public final class MessagePipe {
  /** The largest body that either side accepts: 256 MiB. */
  public static final int MAX_BODY_BYTES = 256 << 20;

  private static final int CHUNK_BYTES = 1 << 20;
  private static final int MAX_REASON_CHARS = 300;

  private final DataInputStream in;
  private final DataOutputStream out;

  /** Messages over these streams. */
  public MessagePipe(InputStream in, OutputStream out) {
    this.in = new DataInputStream(in);
    this.out = new DataOutputStream(out);
  }

  /**
   * Writes a message and flushes.
   *
   * @throws IOException if the other side is gone
   * @throws IllegalArgumentException if the body is larger than {@link #MAX_BODY_BYTES}
   */
  public void write(Message.Kind kind, byte[] body) throws IOException {
    if (body.length > MAX_BODY_BYTES) {
      throw new IllegalArgumentException(
          "body has " + body.length + " bytes, must be at most " + MAX_BODY_BYTES);
    }
    out.writeByte(kind.ordinal());
    out.writeInt(body.length);
    out.write(body);
    out.flush();
  }

  /** Writes {@link Message.Kind#REFUSED} with a reason, shortened and in ASCII. */
  public void refuse(String reason) throws IOException {
    String plain = reason.replaceAll("[^ -~]", "?");
    String bounded = plain.substring(0, Math.min(plain.length(), MAX_REASON_CHARS));
    write(Message.Kind.REFUSED, bounded.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Reads the next message. Memory grows with what arrives, not with what is announced.
   *
   * @throws EOFException if the other side ended the pipe
   * @throws IOException if what comes is no message
   */
  public Message read() throws IOException {
    int kind = in.readUnsignedByte();
    int length = in.readInt();
    if (kind >= Message.Kind.values().length || length < 0 || length > MAX_BODY_BYTES) {
      throw new IOException("a message of kind " + kind + " and " + length + " bytes");
    }
    byte[] body = length <= CHUNK_BYTES ? new byte[length] : in.readNBytes(length);
    if (length <= CHUNK_BYTES) {
      in.readFully(body);
    }
    if (body.length < length) {
      throw new EOFException("the pipe ended within a message");
    }
    return new Message(Message.Kind.values()[kind], body);
  }

  /** The reason in a refusal. */
  public static String reason(Message refusal) {
    return new String(refusal.body(), StandardCharsets.US_ASCII).replaceAll("[^ -~]", "?");
  }
}
