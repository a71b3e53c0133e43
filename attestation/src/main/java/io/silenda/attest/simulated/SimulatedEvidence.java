package io.silenda.attest.simulated;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.ByteReader;
import io.silenda.attest.provider.ReportData;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;

/** A report and its signature, as they were read. Proves nothing. */
record SimulatedEvidence(SimulatedReport report, byte[] signature) {
  private static final String STRUCTURE = "SIMULATED evidence";

  /** Before the year 10000. */
  private static final long LATEST_MILLIS = 253_402_300_799_999L;

  static SimulatedEvidence parse(byte[] bytes) throws AttestationException {
    ByteReader reader = ByteReader.bigEndian(STRUCTURE, bytes);
    byte[] name = reader.bytes("name", SimulatedReport.FORMAT.length());
    if (!new String(name, StandardCharsets.ISO_8859_1).equals(SimulatedReport.FORMAT)) {
      throw new AttestationException(
          Reason.BAD_FIELD, "structure", STRUCTURE + " with another name", SimulatedReport.FORMAT);
    }
    int version = reader.u8("version");
    if (version != SimulatedReport.VERSION) {
      throw new AttestationException(
          Reason.UNSUPPORTED_VERSION,
          "structure",
          STRUCTURE + " version " + version,
          "version " + SimulatedReport.VERSION);
    }
    SimulatedReport report =
        new SimulatedReport(
            reader.bytes("report data", ReportData.BYTES),
            workerDigest(reader),
            issuedAt(reader),
            reader.bytes("public key", Ed25519PublicKeyParameters.KEY_SIZE));
    byte[] signature = reader.bytes("signature", Ed25519PrivateKeyParameters.SIGNATURE_SIZE);
    reader.end();
    return new SimulatedEvidence(report, signature);
  }

  private static byte[] workerDigest(ByteReader reader) throws AttestationException {
    int length = reader.u8("worker digest length");
    if (length < 1 || length > SimulatedReport.LONGEST_DIGEST) {
      throw new AttestationException(
          Reason.BAD_LENGTH,
          "structure",
          "a worker digest of " + length + " bytes",
          "1 to " + SimulatedReport.LONGEST_DIGEST);
    }
    return reader.bytes("worker digest", length);
  }

  private static Instant issuedAt(ByteReader reader) throws AttestationException {
    long millis = reader.u64("time");
    if (millis < 0 || millis > LATEST_MILLIS) {
      throw new AttestationException(
          Reason.BAD_FIELD, "structure", "time " + millis, "milliseconds since 1970");
    }
    return Instant.ofEpochMilli(millis);
  }
}
