package io.silenda.attest.intel.collateral;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.JsonObject;
import io.silenda.attest.encoding.StrictJson;
import java.time.Instant;
import java.util.List;

/**
 * Identity of Intel's quoting enclave (Intel PCS API, "Get Quoting Enclave Identity"), version 2.
 *
 * @param id {@code QE} for SGX, {@code TD_QE} for TDX
 * @param issueDate when it was issued
 * @param nextUpdate until when it is current
 * @param evaluationDataNumber grows with every TCB recovery
 * @param miscSelect what MISCSELECT must be under its mask, 4 bytes
 * @param miscSelectMask 4 bytes
 * @param attributes what ATTRIBUTES must be under their mask, 16 bytes
 * @param attributesMask 16 bytes
 * @param mrSigner hash of the signer's key, 32 bytes
 * @param isvProdId product number
 * @param levels levels, highest first
 */
public record QeIdentity(
    String id,
    Instant issueDate,
    Instant nextUpdate,
    long evaluationDataNumber,
    byte[] miscSelect,
    byte[] miscSelectMask,
    byte[] attributes,
    byte[] attributesMask,
    byte[] mrSigner,
    int isvProdId,
    List<SoftwareLevel> levels) {
  /** Of the quoting enclave of SGX. */
  public static final String SGX = "QE";

  /** Of the quoting enclave of TDX. */
  public static final String TDX = "TD_QE";

  /** Reads the signed text. */
  public static QeIdentity parse(String text) throws AttestationException {
    JsonObject json = StrictJson.parseObject("qe_identity", text);
    long version = json.integer("version", 0, Integer.MAX_VALUE);
    if (version != 2) {
      throw new AttestationException(
          Reason.QE_IDENTITY_TYPE, "qe-identity", "version " + version, "version 2");
    }
    return new QeIdentity(
        json.text("id"),
        json.instant("issueDate"),
        json.instant("nextUpdate"),
        json.integer("tcbEvaluationDataNumber", 0, Integer.MAX_VALUE),
        json.hex("miscselect", 4),
        json.hex("miscselectMask", 4),
        json.hex("attributes", 16),
        json.hex("attributesMask", 16),
        json.hex("mrsigner", 32),
        (int) json.integer("isvprodid", 0, 65535),
        SoftwareLevel.readAll(json));
  }
}
