package io.silenda.attest.nvidia;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.ByteReader;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads transcripts: the request, then the response, nothing behind. Proves nothing. */
final class SpdmTranscriptParser {
  /** SPDM 1.1, [SPDM] table 2. */
  private static final int VERSION = 0x11;

  /** Request and response codes, [SPDM] tables 4 and 5. */
  private static final int GET_MEASUREMENTS = 0xe0;

  private static final int MEASUREMENTS = 0x60;

  /** Param1 of the request, bit 0: a signature is asked for, [SPDM] table 41. */
  private static final int SIGNATURE_REQUESTED = 1;

  /** Param2 of the request: all measurements. */
  private static final int ALL_MEASUREMENTS = 0xff;

  private static final int NONCE_BYTES = 32;
  private static final int SIGNATURE_BYTES = 96;

  /** MeasurementSpecification, [SPDM] section 10.11.1: DMTF. */
  private static final int DMTF = 1;

  private static final int DMTF_HEADER_BYTES = 3;

  /**
   * DMTFSpecMeasurementValueType, [SPDM] table 44: bits 6:0 say what was measured, bit 7 that the
   * value is raw.
   */
  private static final int LAST_VALUE_TYPE = 4;

  private static final int LONGEST_OPAQUE = 1024;

  private SpdmTranscriptParser() {}

  static SpdmTranscript parse(byte[] transcript) throws AttestationException {
    ByteReader reader = ByteReader.littleEndian("SPDM transcript", transcript);
    byte[] requestNonce = request(reader);
    int blocks = responseHeader(reader);
    SortedMap<Integer, byte[]> measurements = measurements(reader, blocks);
    byte[] responseNonce = reader.bytes("nonce", NONCE_BYTES);
    SortedMap<Integer, byte[]> opaque = opaque(reader);
    byte[] signed = Arrays.copyOf(transcript, reader.position());
    byte[] signature = reader.bytes("signature", SIGNATURE_BYTES);
    reader.end();
    return new SpdmTranscript(requestNonce, responseNonce, measurements, opaque, signed, signature);
  }

  private static byte[] request(ByteReader reader) throws AttestationException {
    expect(reader.u8("request version"), VERSION, "request version");
    expect(reader.u8("request code"), GET_MEASUREMENTS, "request code");
    expect(reader.u8("request param1"), SIGNATURE_REQUESTED, "request attributes");
    expect(reader.u8("request param2"), ALL_MEASUREMENTS, "request operation");
    byte[] nonce = reader.bytes("request nonce", NONCE_BYTES);
    expect(reader.u8("slot"), 0, "certificate slot");
    return nonce;
  }

  private static int responseHeader(ByteReader reader) throws AttestationException {
    expect(reader.u8("response version"), VERSION, "response version");
    expect(reader.u8("response code"), MEASUREMENTS, "response code");
    expect(reader.u8("response param1"), 0, "response param1");
    expect(reader.u8("response slot"), 0, "response slot");
    return reader.u8("number of blocks");
  }

  private static SortedMap<Integer, byte[]> measurements(ByteReader reader, int blocks)
      throws AttestationException {
    int length = reader.u16("record length") | reader.u8("record length") << 16;
    ByteReader record = reader.slice("measurement record", length);
    SortedMap<Integer, byte[]> measurements = new TreeMap<>();
    for (int i = 0; i < blocks; i++) {
      int index = record.u8("index");
      if (index == 0 || index == ALL_MEASUREMENTS) {
        throw measurement("index " + index, "1 to 254");
      }
      if (measurements.put(index, block(record)) != null) {
        throw measurement("index " + index + " twice", "once");
      }
    }
    record.end();
    if (measurements.isEmpty()) {
      throw measurement("none", "one or more");
    }
    return measurements;
  }

  private static byte[] block(ByteReader record) throws AttestationException {
    int specification = record.u8("measurement specification");
    if (specification != DMTF) {
      throw measurement("specification " + specification, "1 (DMTF)");
    }
    int size = record.u16("measurement size");
    int type = record.u8("value type");
    if ((type & 0x7f) > LAST_VALUE_TYPE) {
      throw measurement("value type " + type, "0 to 4, raw or hashed");
    }
    int valueSize = record.u16("value size");
    if (size != valueSize + DMTF_HEADER_BYTES) {
      throw measurement("block of " + size + " bytes", valueSize + 3 + " bytes");
    }
    return record.bytes("measurement value", valueSize);
  }

  private static SortedMap<Integer, byte[]> opaque(ByteReader reader) throws AttestationException {
    int length = reader.u16("opaque length");
    if (length > LONGEST_OPAQUE) {
      throw new AttestationException(
          Reason.BAD_LENGTH, "spdm-opaque", length + " bytes", "at most 1024 bytes");
    }
    ByteReader data = reader.slice("opaque data", length);
    SortedMap<Integer, byte[]> fields = new TreeMap<>();
    while (data.remaining() > 0) {
      int id = data.u16("opaque field");
      if (fields.put(id, data.bytes("opaque value", data.u16("opaque size"))) != null) {
        throw new AttestationException(
            Reason.BAD_FIELD, "spdm-opaque", "field " + id + " twice", "once");
      }
    }
    return fields;
  }

  private static void expect(int seen, int wanted, String field) throws AttestationException {
    if (seen != wanted) {
      throw new AttestationException(
          Reason.SPDM_TRANSCRIPT,
          "spdm-transcript",
          field + " 0x" + Integer.toHexString(seen),
          "0x" + Integer.toHexString(wanted));
    }
  }

  private static AttestationException measurement(String seen, String wanted) {
    return new AttestationException(Reason.SPDM_MEASUREMENT, "spdm-measurement", seen, wanted);
  }
}
