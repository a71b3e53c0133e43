package io.silenda.attest.channel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.cbor.Cbor;
import io.silenda.attest.cbor.CborEncoder;
import io.silenda.attest.cbor.CborValue;
import io.silenda.attest.hpke.Secrets;
import java.time.Duration;
import java.util.List;

/**
 * The session that a worker opens under some report data; signed with its receipt key.
 *
 * @param reportData what the evidence carries
 * @param id the session
 * @param limits the worker's
 */
record SessionGrant(byte[] reportData, SessionId id, SessionLimits limits) {
  private static final String NAME = "session-grant";
  private static final String LABEL = "silenda session grant v1";
  private static final int ITEMS = 6;
  private static final long MOST_SECONDS = Duration.ofDays(1).toSeconds();

  byte[] encode() {
    return new CborEncoder()
        .array(ITEMS)
        .text(LABEL)
        .bytes(reportData)
        .bytes(id.bytes())
        .integer(limits.maxAge().toSeconds())
        .integer(limits.maxRequests())
        .integer(Extensions.REQUIRED)
        .toBytes();
  }

  static SessionGrant parse(byte[] bytes) throws AttestationException {
    List<CborValue> items = Cbor.asArray(Cbor.decode(bytes), NAME);
    if (items.size() != ITEMS || !Cbor.asText(items.get(0), NAME).equals(LABEL)) {
      throw bad("another statement", LABEL);
    }
    byte[] id = Cbor.asBytes(items.get(2), "session-id");
    long seconds = Cbor.asInteger(items.get(3), "max-age");
    long requests = Cbor.asInteger(items.get(4), "max-requests");
    Extensions.require(NAME, Cbor.asInteger(items.get(5), "extensions"));
    if (id.length != SessionId.BYTES || seconds < 1 || seconds > MOST_SECONDS || requests < 1) {
      throw bad("limits or an id out of range", "1 to " + MOST_SECONDS + " seconds, 16 bytes");
    }
    SessionGrant grant =
        new SessionGrant(
            Cbor.asBytes(items.get(1), "report-data"),
            SessionId.of(id),
            new SessionLimits(Duration.ofSeconds(seconds), requests));
    Cbor.requireDeterministic(NAME, bytes, grant.encode());
    return grant;
  }

  /** Refuses where the keys beside it are not those that it was signed for. */
  void requireFor(byte[] otherReportData) throws AttestationException {
    if (!Secrets.equal(reportData, otherReportData)) {
      throw new AttestationException(
          Reason.KEY_NOT_BOUND, NAME, "a grant for other keys", "a grant for the keys beside it");
    }
  }

  private static AttestationException bad(String seen, String wanted) {
    return new AttestationException(Reason.BAD_FIELD, NAME, seen, wanted);
  }
}
