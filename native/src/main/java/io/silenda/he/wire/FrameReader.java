package io.silenda.he.wire;

import io.silenda.he.CkksContext;
import io.silenda.he.wire.WireFormatException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/** Reads one frame: header, payload in pieces, digest. Nothing but the header is kept in memory. */
final class FrameReader {
  private final InputStream in;
  private final MessageDigest digest = Digest.sha256();
  private final WireHeader header;
  private long position;

  /** Reads the header and refuses another kind and values that the kind does not use. */
  FrameReader(InputStream in, WireKind kind) throws IOException, WireFormatException {
    this.in = in;
    byte[] bytes = new byte[WireHeader.BYTES];
    int length = in.readNBytes(bytes, 0, bytes.length);
    this.header = WireHeader.peek(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
    if (header.kind() != kind) {
      throw new WireFormatException(
          Reason.WRONG_KIND, "it holds " + header.kind() + ", not " + kind);
    }
    header.requireUnusedZero();
    digest.update(bytes);
    position = length;
  }

  WireHeader header() {
    return header;
  }

  void requireParameters(CkksContext context) throws WireFormatException {
    if (!header.parameterDigest().equals(ParametersCodec.digest(context))) {
      throw new WireFormatException(
          Reason.OTHER_PARAMETERS, "it was made with other encryption parameters");
    }
  }

  void requireModel(Digest expected) throws WireFormatException {
    if (!header.modelDigest().equals(expected)) {
      throw new WireFormatException(
          Reason.OTHER_MODEL,
          "it belongs to the model " + header.modelDigest() + ", not to " + expected);
    }
  }

  void requirePayload(long bytes) throws WireFormatException {
    if (header.payloadBytes() != bytes) {
      throw new WireFormatException(
          Reason.WRONG_LENGTH,
          "it announces "
              + header.payloadBytes()
              + " bytes of payload where "
              + bytes
              + " are due");
    }
  }

  /** Fills the first bytes of an array. */
  void read(byte[] destination, int length) throws IOException, WireFormatException {
    readRaw(destination, length);
    digest.update(destination, 0, length);
  }

  /** Reads the digest and refuses anything but the bytes it was made of. */
  void finish() throws IOException, WireFormatException {
    byte[] trailer = new byte[Digest.BYTES];
    readRaw(trailer, trailer.length);
    if (!MessageDigest.isEqual(trailer, digest.digest())) {
      throw new WireFormatException(
          Reason.DIGEST_MISMATCH, "it is damaged: its bytes do not match its digest");
    }
  }

  /** Refuses anything that follows. */
  void requireEnd() throws IOException, WireFormatException {
    if (in.read() >= 0) {
      throw new WireFormatException(
          Reason.TRAILING_BYTES, "bytes follow after its " + position + " bytes");
    }
  }

  private void readRaw(byte[] destination, int length) throws IOException, WireFormatException {
    int read = in.readNBytes(destination, 0, length);
    position += read;
    if (read < length) {
      long due = WireHeader.BYTES + header.payloadBytes() + Digest.BYTES;
      throw new WireFormatException(
          Reason.TRUNCATED, "it ends after " + position + " of " + due + " bytes");
    }
  }
}
