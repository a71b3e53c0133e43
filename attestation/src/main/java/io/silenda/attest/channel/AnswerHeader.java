package io.silenda.attest.channel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.encoding.ByteReader;
import java.nio.ByteBuffer;

/**
 * What stands before a sealed answer, 64 bytes, big-endian: {@code SLAN}, version, extensions, two
 * zeros, session id (16), counter (8), response nonce (32). All of it enters the derivation of the
 * keys.
 */
record AnswerHeader(SessionId session, long counter, byte[] nonce) {
  static final int BYTES = 4 + 4 + SessionId.BYTES + 8 + BodyKeys.NONCE_BYTES;

  private static final String NAME = "sealed-answer";
  private static final int MAGIC = 0x534c414e;

  byte[] encode() {
    return ByteBuffer.allocate(BYTES)
        .putInt(MAGIC)
        .put((byte) Extensions.VERSION)
        .put((byte) Extensions.REQUIRED)
        .putShort((short) 0)
        .put(session.bytes())
        .putLong(counter)
        .put(nonce)
        .array();
  }

  static AnswerHeader parse(byte[] bytes) throws AttestationException {
    ByteReader reader = ByteReader.bigEndian(NAME, bytes);
    MessageStart.require(NAME, MAGIC, reader);
    reader.zeros("reserved", 2);
    AnswerHeader header =
        new AnswerHeader(
            SessionId.of(reader.bytes("session id", SessionId.BYTES)),
            MessageStart.counter(NAME, reader),
            reader.bytes("response nonce", BodyKeys.NONCE_BYTES));
    reader.end();
    return header;
  }
}
