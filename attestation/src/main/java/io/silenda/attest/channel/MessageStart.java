package io.silenda.attest.channel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.ByteReader;
import java.io.IOException;
import java.io.InputStream;

/** What sealed requests and answers begin with. */
final class MessageStart {
  private MessageStart() {}

  /** Reads a header; whatever is shorter than one, or begins otherwise, is not sealed. */
  static byte[] read(String message, InputStream in, int bytes)
      throws IOException, AttestationException {
    byte[] header = in.readNBytes(bytes);
    if (header.length < bytes) {
      throw notSealed(message);
    }
    return header;
  }

  static void require(String message, int magic, ByteReader reader) throws AttestationException {
    if (reader.u32("magic") != magic) {
      throw notSealed(message);
    }
    int version = reader.u8("version");
    if (version != Extensions.VERSION) {
      throw new AttestationException(
          Reason.UNSUPPORTED_VERSION, message, "version " + version, "" + Extensions.VERSION);
    }
    Extensions.require(message, reader.u8("extensions"));
  }

  static long counter(String message, ByteReader reader) throws AttestationException {
    long counter = reader.u64("counter");
    if (counter < 1) {
      throw new AttestationException(Reason.BAD_FIELD, message, "counter " + counter, "at least 1");
    }
    return counter;
  }

  private static AttestationException notSealed(String message) {
    return new AttestationException(
        Reason.NOT_SEALED, message, "a message in the clear, or another protocol", "a seal");
  }
}
