package io.silenda.attest.channel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.encoding.ByteReader;
import io.silenda.attest.hpke.Hpke;
import java.nio.ByteBuffer;

/**
 * What stands before a sealed request, 96 bytes, big-endian: {@code SLRQ}, version, extensions, key
 * id, zero, session id (16), counter (8), encapsulated key (32), request nonce (32). All of it
 * enters the derivation of the keys.
 */
record RequestHeader(
    int keyId, SessionId session, long counter, byte[] encapsulated, byte[] nonce) {
  static final int BYTES = 4 + 4 + SessionId.BYTES + 8 + Hpke.KEY_BYTES + BodyKeys.NONCE_BYTES;

  private static final String NAME = "sealed-request";
  private static final int MAGIC = 0x534c5251;

  byte[] encode() {
    return ByteBuffer.allocate(BYTES)
        .putInt(MAGIC)
        .put((byte) Extensions.VERSION)
        .put((byte) Extensions.REQUIRED)
        .put((byte) keyId)
        .put((byte) 0)
        .put(session.bytes())
        .putLong(counter)
        .put(encapsulated)
        .put(nonce)
        .array();
  }

  static RequestHeader parse(byte[] bytes) throws AttestationException {
    ByteReader reader = ByteReader.bigEndian(NAME, bytes);
    MessageStart.require(NAME, MAGIC, reader);
    int keyId = reader.u8("key id");
    reader.zeros("reserved", 1);
    RequestHeader header =
        new RequestHeader(
            keyId,
            SessionId.of(reader.bytes("session id", SessionId.BYTES)),
            MessageStart.counter(NAME, reader),
            reader.bytes("encapsulated key", Hpke.KEY_BYTES),
            reader.bytes("request nonce", BodyKeys.NONCE_BYTES));
    reader.end();
    return header;
  }
}
