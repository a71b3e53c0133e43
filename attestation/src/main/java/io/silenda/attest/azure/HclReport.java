package io.silenda.attest.azure;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.ByteReader;
import io.silenda.attest.encoding.Digests;

/**
 * The report of the host compatibility layer, as NV index 0x01400001 holds it, [HCL]. Little
 * endian. Arrays must not be changed.
 *
 * @param hardwareReport an SNP report of 1184 bytes, or a TDX TDREPORT of 1024
 * @param runtimeHash with which the hardware report vouches for {@code runtimeData}
 * @param runtimeData JSON with the attestation key
 */
record HclReport(
    Hardware hardware, byte[] hardwareReport, Digests runtimeHash, byte[] runtimeData) {
  /**
   * IGVM report types of confidential machines. Trusted launch (VBS) has no hardware behind it and
   * is not read.
   */
  enum Hardware {
    SNP(2, 1184),
    TDX(4, 1024);

    private final int id;
    private final int reportBytes;

    Hardware(int id, int reportBytes) {
      this.id = id;
      this.reportBytes = reportBytes;
    }

    private static Hardware of(long id) throws AttestationException {
      for (Hardware hardware : values()) {
        if (hardware.id == id) {
          return hardware;
        }
      }
      throw bad("report type " + id, "2 (SNP) or 4 (TDX)");
    }
  }

  /** "HCLA". */
  private static final long SIGNATURE = 0x414c4348;

  /** IGVM request type "AK_CERT": what the report in the NV index is made for. */
  private static final int REQUEST_AK_CERTIFICATE = 2;

  /** Room for the largest hardware report. */
  private static final int REPORT_ROOM = 1184;

  private static final int HEADER_BYTES = 32;
  private static final int RUNTIME_HEADER_BYTES = 20;

  static HclReport parse(byte[] bytes) throws AttestationException {
    ByteReader reader = ByteReader.littleEndian("HCL report", bytes);
    expect(reader.u32("signature"), SIGNATURE, "signature");
    long version = reader.u32("version");
    if (version != 1 && version != 2) {
      throw new AttestationException(
          Reason.UNSUPPORTED_VERSION, "hcl-version", Long.toString(version), "1 or 2");
    }
    long reportSize = reader.u32("report size");
    expect(reader.u32("request type"), REQUEST_AK_CERTIFICATE, "request type");
    expect(reader.u32("status"), 0, "status");
    reader.zeros("reserved", 3 * Integer.BYTES);
    byte[] room = reader.bytes("hardware report", REPORT_ROOM);
    long dataSize = reader.u32("data size");
    requireSize(reportSize, HEADER_BYTES + REPORT_ROOM + dataSize, "report");
    expect(reader.u32("data version"), 1, "data version");
    Hardware hardware = Hardware.of(reader.u32("report type"));
    Digests hash = hash(reader.u32("hash type"));
    long size = reader.u32("variable data size");
    requireSize(dataSize, RUNTIME_HEADER_BYTES + size, "run-time data");
    byte[] runtimeData = reader.bytes("runtime data", size);
    // The NV index has a fixed size; what follows is padding.
    reader.zeros("padding", reader.remaining());
    return new HclReport(hardware, hardwareReport(hardware, room), hash, runtimeData);
  }

  private static byte[] hardwareReport(Hardware hardware, byte[] room) throws AttestationException {
    ByteReader reader = ByteReader.littleEndian("hardware report", room);
    byte[] report = reader.bytes("report", hardware.reportBytes);
    reader.zeros("padding", reader.remaining());
    return report;
  }

  private static void requireSize(long seen, long wanted, String part) throws AttestationException {
    if (seen != wanted) {
      throw new AttestationException(
          Reason.BAD_LENGTH, "hcl-report", part + " of " + seen + " bytes", wanted + " bytes");
    }
  }

  private static Digests hash(long id) throws AttestationException {
    if (id == 1) {
      return Digests.SHA_256;
    }
    if (id == 2) {
      return Digests.SHA_384;
    }
    if (id == 3) {
      return Digests.SHA_512;
    }
    throw new AttestationException(
        Reason.UNSUPPORTED_ALGORITHM, "hcl-hash", Long.toString(id), "1, 2 or 3");
  }

  private static void expect(long seen, long wanted, String field) throws AttestationException {
    if (seen != wanted) {
      throw bad(field + " 0x" + Long.toHexString(seen), "0x" + Long.toHexString(wanted));
    }
  }

  private static AttestationException bad(String seen, String wanted) {
    return new AttestationException(Reason.BAD_FIELD, "hcl-report", seen, wanted);
  }
}
