package io.silenda.attest.intel.quote;

import io.silenda.attest.AttestationException;
import io.silenda.attest.encoding.ByteReader;

/**
 * Report of an SGX enclave: 384 bytes (Intel SDM volume 3D, section 38.15, "REPORT").
 *
 * @param cpuSvn security version of the processor, 16 bytes
 * @param miscSelect state-save frame extensions, 4 bytes in the order of the report
 * @param attributes 16 bytes: flags, then XFRM
 * @param mrEnclave measurement of the enclave, 32 bytes
 * @param mrSigner hash of the signer's key, 32 bytes
 * @param configId 64 bytes set at launch
 * @param isvProdId product number
 * @param isvSvn security version of the enclave
 * @param configSvn 2 bytes set at launch
 * @param isvFamilyId 16 bytes
 * @param isvExtProdId 16 bytes
 * @param reportData 64 bytes chosen by the enclave
 */
public record EnclaveReport(
    byte[] cpuSvn,
    byte[] miscSelect,
    byte[] attributes,
    byte[] mrEnclave,
    byte[] mrSigner,
    byte[] configId,
    int isvProdId,
    int isvSvn,
    int configSvn,
    byte[] isvFamilyId,
    byte[] isvExtProdId,
    byte[] reportData)
    implements QuoteBody {
  /** Length of a report. */
  static final int BYTES = 384;

  /** {@code ATTRIBUTES.DEBUG} (Intel SDM volume 3D, section 34.7.1). */
  private static final int DEBUG = 0x02;

  static EnclaveReport read(ByteReader reader) throws AttestationException {
    byte[] cpuSvn = reader.bytes("CPUSVN", 16);
    byte[] miscSelect = reader.bytes("MISCSELECT", 4);
    reader.zeros("reserved after MISCSELECT", 12);
    byte[] isvExtProdId = reader.bytes("ISVEXTPRODID", 16);
    byte[] attributes = reader.bytes("ATTRIBUTES", 16);
    byte[] mrEnclave = reader.bytes("MRENCLAVE", 32);
    reader.zeros("reserved after MRENCLAVE", 32);
    byte[] mrSigner = reader.bytes("MRSIGNER", 32);
    reader.zeros("reserved after MRSIGNER", 32);
    byte[] configId = reader.bytes("CONFIGID", 64);
    int isvProdId = reader.u16("ISVPRODID");
    int isvSvn = reader.u16("ISVSVN");
    int configSvn = reader.u16("CONFIGSVN");
    reader.zeros("reserved after CONFIGSVN", 42);
    byte[] isvFamilyId = reader.bytes("ISVFAMILYID", 16);
    byte[] reportData = reader.bytes("REPORTDATA", 64);
    return new EnclaveReport(
        cpuSvn,
        miscSelect,
        attributes,
        mrEnclave,
        mrSigner,
        configId,
        isvProdId,
        isvSvn,
        configSvn,
        isvFamilyId,
        isvExtProdId,
        reportData);
  }

  /** Whether the enclave's memory can be read from outside. */
  public boolean debug() {
    return (attributes[0] & DEBUG) != 0;
  }
}
