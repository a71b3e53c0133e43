package io.silenda.he.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Writes one frame: header, payload in pieces, digest. */
final class FrameWriter {
  private final OutputStream out;
  private final MessageDigest digest = Digest.sha256();
  private long payloadLeft;

  FrameWriter(OutputStream out, WireHeader header) throws IOException {
    this.out = out;
    this.payloadLeft = WireHeader.BYTES + header.payloadBytes();
    write(header.toBytes(), WireHeader.BYTES);
  }

  void write(byte[] bytes, int length) throws IOException {
    payloadLeft -= length;
    digest.update(bytes, 0, length);
    out.write(bytes, 0, length);
  }

  void finish() throws IOException {
    if (payloadLeft != 0) {
      throw new IllegalStateException("the payload is " + payloadLeft + " bytes off its length");
    }
    out.write(digest.digest());
  }
}
