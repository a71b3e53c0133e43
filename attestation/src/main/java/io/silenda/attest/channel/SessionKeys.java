package io.silenda.attest.channel;

import io.silenda.attest.hpke.HpkeContext;
import io.silenda.attest.hpke.Secrets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The secrets of one session, from one encapsulation. Wiped by {@link #close}. */
final class SessionKeys implements AutoCloseable {
  private static final byte[] INFO = ascii("silenda session v1");
  private static final byte[] REQUEST = ascii("silenda request");
  private static final byte[] ANSWER = ascii("silenda answer");

  private final byte[] encapsulated;
  private final byte[] requestSecret;
  private final byte[] answerSecret;

  SessionKeys(byte[] encapsulated, byte[] requestSecret, byte[] answerSecret) {
    this.encapsulated = encapsulated;
    this.requestSecret = requestSecret;
    this.answerSecret = answerSecret;
  }

  static SessionKeys of(HpkeContext context) {
    return new SessionKeys(
        context.encapsulated(),
        context.export(REQUEST, BodyKeys.SECRET_BYTES),
        context.export(ANSWER, BodyKeys.SECRET_BYTES));
  }

  /** The info of the encapsulation: other evidence, or another session, gives other secrets. */
  static byte[] info(SessionId id, byte[] reportData) {
    return ByteBuffer.allocate(INFO.length + SessionId.BYTES + reportData.length)
        .put(INFO)
        .put(id.bytes())
        .put(reportData)
        .array();
  }

  byte[] encapsulated() {
    return encapsulated;
  }

  byte[] requestSecret() {
    return requestSecret;
  }

  byte[] answerSecret() {
    return answerSecret;
  }

  /** Keys of a request's body. */
  BodyKeys request(byte[] requestHeader) {
    return BodyKeys.derive(requestSecret, requestHeader);
  }

  /** A copy, to be closed by whoever asked for it. */
  SessionKeys copy() {
    return new SessionKeys(encapsulated.clone(), requestSecret.clone(), answerSecret.clone());
  }

  /** Keys of an answer's body: of this answer to this request. */
  BodyKeys answer(byte[] requestHeader, byte[] answerHeader) {
    byte[] salt =
        ByteBuffer.allocate(requestHeader.length + answerHeader.length)
            .put(requestHeader)
            .put(answerHeader)
            .array();
    return BodyKeys.derive(answerSecret, salt);
  }

  @Override
  public void close() {
    Secrets.wipe(requestSecret, answerSecret);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
