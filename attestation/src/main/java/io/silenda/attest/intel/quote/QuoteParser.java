package io.silenda.attest.intel.quote;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.ByteReader;
import io.silenda.attest.intel.quote.QuoteHeader.TeeType;
import java.util.Arrays;

/** Reads one quote. */
final class QuoteParser {
  private static final int BODY_ENCLAVE_REPORT = 1;
  private static final int BODY_TD_REPORT_10 = 2;
  private static final int BODY_TD_REPORT_15 = 3;

  private final byte[] bytes;
  private final ByteReader reader;

  QuoteParser(byte[] bytes) {
    this.bytes = bytes;
    this.reader = ByteReader.littleEndian("quote", bytes);
  }

  Quote parse() throws AttestationException {
    QuoteHeader header = QuoteHeader.read(reader);
    QuoteBody body = header.version() == 5 ? describedBody(header) : body(header);
    byte[] signedBytes = Arrays.copyOf(bytes, reader.position());
    ByteReader data = reader.slice("signature data", reader.u32("signature data length"));
    QuoteSignature signature = header.version() == 3 ? signatureV3(data) : signatureV4(data);
    data.end();
    byte[] trailing = reader.bytes("trailing", reader.remaining());
    return new Quote(header, body, signedBytes, signature, trailing);
  }

  /** Versions 3 and 4: the kind of the body follows from the header. */
  private QuoteBody body(QuoteHeader header) throws AttestationException {
    if (header.teeType() == TeeType.SGX) {
      return EnclaveReport.read(reader.slice("enclave report", EnclaveReport.BYTES));
    }
    if (header.version() == 3) {
      throw new AttestationException(
          Reason.BAD_FIELD, "quote-header", "a TDX quote of version 3", "version 4 or 5");
    }
    return TdReport.read(reader.slice("TD report", TdReport.BYTES_10), false);
  }

  /** Version 5: type and length stand before the body. */
  private QuoteBody describedBody(QuoteHeader header) throws AttestationException {
    int type = reader.u16("body type");
    long length = reader.u32("body length");
    boolean sgx = header.teeType() == TeeType.SGX;
    if (sgx && type == BODY_ENCLAVE_REPORT && length == EnclaveReport.BYTES) {
      return EnclaveReport.read(reader.slice("enclave report", length));
    }
    if (!sgx && type == BODY_TD_REPORT_10 && length == TdReport.BYTES_10) {
      return TdReport.read(reader.slice("TD report", length), false);
    }
    if (!sgx && type == BODY_TD_REPORT_15 && length == TdReport.BYTES_15) {
      return TdReport.read(reader.slice("TD report", length), true);
    }
    throw new AttestationException(
        Reason.BAD_FIELD,
        "quote-body",
        "a body of type " + type + " with " + length + " bytes in a quote of " + header.teeType(),
        "1 with 384 (SGX), 2 with 584 or 3 with 648 (TDX)");
  }

  private static QuoteSignature signatureV3(ByteReader data) throws AttestationException {
    byte[] signature = data.bytes("signature", 64);
    byte[] attestationKey = data.bytes("attestation key", 64);
    return qePart(data, signature, attestationKey);
  }

  /** Version 4 wraps the QE's report into certification data of type 6. */
  private static QuoteSignature signatureV4(ByteReader data) throws AttestationException {
    byte[] signature = data.bytes("signature", 64);
    byte[] attestationKey = data.bytes("attestation key", 64);
    int type = data.u16("certification data type");
    if (type != CertificationData.QE_REPORT) {
      throw new AttestationException(
          Reason.BAD_FIELD, "quote-signature-data", "certification data of type " + type, "type 6");
    }
    ByteReader wrapped = data.slice("QE report", data.u32("certification data length"));
    QuoteSignature read = qePart(wrapped, signature, attestationKey);
    wrapped.end();
    return read;
  }

  private static QuoteSignature qePart(ByteReader data, byte[] signature, byte[] attestationKey)
      throws AttestationException {
    byte[] qeReportBytes = data.bytes("QE report", EnclaveReport.BYTES);
    byte[] qeReportSignature = data.bytes("QE report signature", 64);
    byte[] qeAuthData = data.bytes("QE authentication data", data.u16("its length"));
    int type = data.u16("PCK certification data type");
    if (type < 1 || type > CertificationData.PCK_CHAIN) {
      throw new AttestationException(
          Reason.BAD_FIELD, "quote-signature-data", "PCK certification of type " + type, "1 to 5");
    }
    byte[] certification = data.bytes("PCK certification", data.u32("its length"));
    return new QuoteSignature(
        signature,
        attestationKey,
        qeReportBytes,
        EnclaveReport.read(ByteReader.littleEndian("QE report", qeReportBytes)),
        qeReportSignature,
        qeAuthData,
        new CertificationData(type, certification));
  }
}
