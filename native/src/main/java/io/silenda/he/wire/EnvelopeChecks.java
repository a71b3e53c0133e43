package io.silenda.he.wire;

import io.silenda.he.KeyId;
import io.silenda.he.wire.WireFormatException.Reason;

/** Compares the ids of a header with the expected ones. */
final class EnvelopeChecks {
  private EnvelopeChecks() {}

  static void requireKey(WireHeader header, KeyId expected) throws WireFormatException {
    if (!header.keyId().equals(expected)) {
      throw new WireFormatException(
          Reason.OTHER_KEY, "it belongs to the key " + header.keyId() + ", not to " + expected);
    }
  }

  static void requireRequest(WireHeader header, RequestId expected) throws WireFormatException {
    if (!header.requestId().equals(expected)) {
      throw new WireFormatException(
          Reason.OTHER_REQUEST,
          "it belongs to the request " + header.requestId() + ", not to " + expected);
    }
  }

  static void requirePart(WireHeader header, Envelope expected) throws WireFormatException {
    if (header.part() != expected.part() || header.parts() != expected.parts()) {
      throw new WireFormatException(
          Reason.WRONG_PART,
          "part %d of %d where part %d of %d is due"
              .formatted(header.part(), header.parts(), expected.part(), expected.parts()));
    }
    if (header.rows() != expected.rows()) {
      throw new WireFormatException(
          Reason.WRONG_ROWS, "it holds " + header.rows() + " rows, the request " + expected.rows());
    }
  }
}
