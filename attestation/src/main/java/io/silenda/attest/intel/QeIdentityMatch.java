package io.silenda.attest.intel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Reason;
import io.silenda.attest.intel.collateral.QeIdentity;
import io.silenda.attest.intel.collateral.SoftwareLevel;
import io.silenda.attest.intel.quote.EnclaveReport;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Holds the report of a quoting enclave against its identity (Intel PCS API, "Enclave Identity"
 * verification).
 */
final class QeIdentityMatch {
  private QeIdentityMatch() {}

  /** Refuses another enclave; otherwise the level of this one. */
  static SoftwareLevel match(QeIdentity identity, EnclaveReport report, CheckList checks)
      throws AttestationException {
    checks.require(
        Arrays.equals(identity.mrSigner(), report.mrSigner()),
        "qe-mrsigner",
        Reason.QE_MRSIGNER,
        hex(report.mrSigner()),
        hex(identity.mrSigner()));
    checks.require(
        identity.isvProdId() == report.isvProdId(),
        "qe-isvprodid",
        Reason.QE_ISVPRODID,
        Integer.toString(report.isvProdId()),
        Integer.toString(identity.isvProdId()));
    requireMasked(
        "qe-miscselect",
        Reason.QE_MISCSELECT,
        report.miscSelect(),
        identity.miscSelectMask(),
        identity.miscSelect(),
        checks);
    requireMasked(
        "qe-attributes",
        Reason.QE_ATTRIBUTES,
        report.attributes(),
        identity.attributesMask(),
        identity.attributes(),
        checks);
    return SoftwareLevel.match(identity.levels(), report.isvSvn())
        .orElseThrow(
            () ->
                new AttestationException(
                    Reason.NO_MATCHING_TCB_LEVEL,
                    "qe-level",
                    "quoting enclave with ISVSVN " + report.isvSvn() + " reaches no level",
                    "a level of its identity"));
  }

  private static void requireMasked(
      String check, Reason reason, byte[] value, byte[] mask, byte[] wanted, CheckList checks)
      throws AttestationException {
    byte[] masked = value.clone();
    for (int i = 0; i < masked.length; i++) {
      masked[i] &= mask[i];
    }
    checks.require(
        Arrays.equals(masked, wanted),
        check,
        reason,
        hex(value),
        hex(wanted) + " under the mask " + hex(mask));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
