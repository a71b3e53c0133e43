package io.silenda.attest.channel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.binding.BoundEvidence;
import io.silenda.attest.binding.Purpose;
import io.silenda.attest.cbor.Cbor;
import io.silenda.attest.cbor.CborEncoder;
import io.silenda.attest.cbor.CborValue;
import io.silenda.attest.hpke.Hpke;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A suspended session. Whoever has it can seal to the worker and read the answers: keep it as
 * secret as a private key. Serves one resumption. {@link #close} wipes it.
 */
public final class ResumptionTicket implements AutoCloseable {
  private static final String NAME = "resumption-ticket";
  private static final String LABEL = "silenda resumption ticket v1";
  private static final int ITEMS = 10;
  private static final int MAX_BYTES = BoundEvidence.MAX_BYTES + 1024;

  /** Before the year 10000. */
  private static final long LATEST_MILLIS = 253_402_300_799_999L;

  private final SessionTerms terms;
  private final SessionKeys keys;
  private final long counter;
  private boolean taken;

  ResumptionTicket(SessionTerms terms, SessionKeys keys, long counter) {
    this.terms = terms;
    this.keys = keys;
    this.counter = counter;
  }

  SessionTerms terms() {
    return terms;
  }

  long counter() {
    return counter;
  }

  /** The secrets, once. */
  SessionKeys takeKeys() {
    requireHeld();
    SessionKeys copy = keys.copy();
    close();
    return copy;
  }

  /** The ticket as bytes, which are secret. */
  public byte[] encode() {
    requireHeld();
    return new CborEncoder()
        .array(ITEMS)
        .text(LABEL)
        .bytes(terms.bound().encode())
        .bytes(terms.id().bytes())
        .integer(terms.limits().maxAge().toSeconds())
        .integer(terms.limits().maxRequests())
        .integer(terms.begun().toEpochMilli())
        .integer(counter)
        .bytes(keys.encapsulated())
        .bytes(keys.requestSecret())
        .bytes(keys.answerSecret())
        .toBytes();
  }

  /** Reads what {@link #encode} made. */
  public static ResumptionTicket parse(byte[] bytes) throws AttestationException {
    if (bytes.length > MAX_BYTES) {
      throw new AttestationException(
          Reason.TOO_LARGE, NAME, bytes.length + " bytes", "at most " + MAX_BYTES);
    }
    List<CborValue> items = Cbor.asArray(Cbor.decode(bytes), NAME);
    if (items.size() != ITEMS || !Cbor.asText(items.get(0), NAME).equals(LABEL)) {
      throw new AttestationException(Reason.BAD_FIELD, NAME, "something else", LABEL);
    }
    SessionTerms terms =
        new SessionTerms(
            BoundEvidence.parse(Purpose.SESSION, Cbor.asBytes(items.get(1), "bound-evidence")),
            SessionId.of(bytes(items.get(2), SessionId.BYTES)),
            limits(Cbor.asInteger(items.get(3), NAME), Cbor.asInteger(items.get(4), NAME)),
            Instant.ofEpochMilli(number(items.get(5), LATEST_MILLIS)));
    SessionKeys keys =
        new SessionKeys(
            bytes(items.get(7), Hpke.KEY_BYTES),
            bytes(items.get(8), BodyKeys.SECRET_BYTES),
            bytes(items.get(9), BodyKeys.SECRET_BYTES));
    ResumptionTicket ticket =
        new ResumptionTicket(terms, keys, number(items.get(6), terms.limits().maxRequests()));
    Cbor.requireDeterministic(NAME, bytes, ticket.encode());
    return ticket;
  }

  private static SessionLimits limits(long seconds, long requests) throws AttestationException {
    try {
      return new SessionLimits(Duration.ofSeconds(seconds), requests);
    } catch (IllegalArgumentException e) {
      throw new AttestationException(Reason.BAD_FIELD, NAME, "limits out of range", "limits");
    }
  }

  private static long number(CborValue value, long most) throws AttestationException {
    long number = Cbor.asInteger(value, NAME);
    if (number < 0 || number > most) {
      throw new AttestationException(Reason.BAD_FIELD, NAME, "a number", "0 to " + most);
    }
    return number;
  }

  private static byte[] bytes(CborValue value, int length) throws AttestationException {
    byte[] bytes = Cbor.asBytes(value, NAME);
    if (bytes.length != length) {
      throw new AttestationException(
          Reason.BAD_LENGTH, NAME, bytes.length + " bytes", length + " bytes");
    }
    return bytes;
  }

  private void requireHeld() {
    if (taken) {
      throw new IllegalStateException("the ticket has been used, or is closed");
    }
  }

  @Override
  public void close() {
    taken = true;
    keys.close();
  }
}
