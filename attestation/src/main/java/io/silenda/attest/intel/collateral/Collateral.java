package io.silenda.attest.intel.collateral;

import io.silenda.attest.AttestationException;
import io.silenda.attest.encoding.JsonObject;
import io.silenda.attest.encoding.StrictJson;

/**
 * Everything that endorses an Intel platform, from a JSON file with the members of Intel's {@code
 * sgx_ql_qve_collateral_t}: revocation lists are DER in hex, chains PEM, {@code tcb_info} and
 * {@code qe_identity} the signed texts as strings, their signatures hex.
 *
 * <p>The member {@code pck_crl_issuer_chain} is not read: the list must be signed by the CA that
 * issued the PCK, and that one's chain comes with the quote.
 *
 * @param tcbInfo levels of the platform
 * @param qeIdentity identity of the quoting enclave
 * @param rootCaCrl revocation list of the root, DER
 * @param pckCrl revocation list of the CA that issued the PCK, DER
 */
public record Collateral(
    SignedText tcbInfo, SignedText qeIdentity, byte[] rootCaCrl, byte[] pckCrl) {
  /** Reads a file of collateral. */
  public static Collateral parse(byte[] json) throws AttestationException {
    JsonObject object = StrictJson.parseObject("collateral", json);
    return new Collateral(
        SignedText.of(object, "tcb_info"),
        SignedText.of(object, "qe_identity"),
        object.hex("root_ca_crl"),
        object.hex("pck_crl"));
  }
}
