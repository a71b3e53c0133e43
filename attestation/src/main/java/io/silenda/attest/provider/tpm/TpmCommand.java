package io.silenda.attest.provider.tpm;

import io.silenda.attest.AttestationException;
import io.silenda.attest.encoding.ByteReader;
import io.silenda.attest.provider.ProviderFaults;
import java.util.Set;

/** Commands, [TPM2] Part 2 section 6.5.2, with their frames. */
enum TpmCommand {
  CREATE_PRIMARY(0x0131, "TPM2_CreatePrimary"),
  NV_READ(0x014e, "TPM2_NV_Read"),
  QUOTE(0x0158, "TPM2_Quote"),
  FLUSH_CONTEXT(0x0165, "TPM2_FlushContext"),
  NV_READ_PUBLIC(0x0169, "TPM2_NV_ReadPublic"),
  READ_PUBLIC(0x0173, "TPM2_ReadPublic"),
  GET_CAPABILITY(0x017a, "TPM2_GetCapability"),
  PCR_READ(0x017e, "TPM2_PCR_Read"),
  PCR_EXTEND(0x0182, "TPM2_PCR_Extend");

  /** TPM_ST_NO_SESSIONS and TPM_ST_SESSIONS, [TPM2] Part 2 section 6.9. */
  private static final int NO_SESSIONS = 0x8001;

  private static final int SESSIONS = 0x8002;

  /** TPM_RS_PW, [TPM2] Part 2 section 7.4: authorization by password, here the empty one. */
  private static final int PASSWORD_SESSION = 0x40000009;

  /** TPM_RC_TESTING, TPM_RC_YIELDED and TPM_RC_RETRY: the TPM asks to wait. */
  private static final Set<Long> PASSING = Set.of(0x90aL, 0x908L, 0x922L);

  private final int code;
  private final String label;

  TpmCommand(int code, String label) {
    this.code = code;
    this.label = label;
  }

  /** A command that needs no authorization. */
  byte[] plain(byte[] handlesAndParameters) {
    return frame(NO_SESSIONS, handlesAndParameters);
  }

  /** A command on one handle that its empty password authorizes. */
  byte[] authorized(int handle, byte[] parameters) {
    return authorizedWith(new int[] {handle}, parameters);
  }

  /** A command on several handles, of which the first is authorized. */
  byte[] authorizedWith(int[] handles, byte[] parameters) {
    TpmBytes body = new TpmBytes();
    for (int handle : handles) {
      body.u32(handle);
    }
    byte[] session = new TpmBytes().u32(PASSWORD_SESSION).u16(0).u8(0).u16(0).toByteArray();
    return frame(SESSIONS, body.u32(session.length).bytes(session).bytes(parameters).toByteArray());
  }

  private byte[] frame(int tag, byte[] body) {
    return new TpmBytes()
        .u16(tag)
        .u32(TpmTransport.HEADER_BYTES + body.length)
        .u32(code)
        .bytes(body)
        .toByteArray();
  }

  /** What follows the header of a response that says success; for its handle, if it has one. */
  ByteReader body(byte[] response) throws AttestationException {
    ByteReader reader = ByteReader.bigEndian(label + " response", response);
    int tag = reader.u16("tag");
    long size = reader.u32("size");
    long responseCode = reader.u32("response code");
    if (size != response.length || size > TpmTransport.MAX_RESPONSE_BYTES) {
      throw ProviderFaults.failed(
          TpmProvider.NAME, label + ": size " + size, response.length + " bytes, as received");
    }
    if (PASSING.contains(responseCode)) {
      throw ProviderFaults.busy(
          TpmProvider.NAME, label + ": response code 0x" + Long.toHexString(responseCode));
    }
    if (responseCode != 0 || (tag != NO_SESSIONS && tag != SESSIONS)) {
      throw ProviderFaults.failed(
          TpmProvider.NAME, label + ": response code 0x" + Long.toHexString(responseCode), "0");
    }
    return reader;
  }

  /** The parameters of a response to an authorized command; the session behind them is empty. */
  ByteReader parameters(ByteReader body) throws AttestationException {
    return body.slice("parameters", body.u32("parameterSize"));
  }
}
