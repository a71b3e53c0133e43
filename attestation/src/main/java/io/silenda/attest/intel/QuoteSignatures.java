package io.silenda.attest.intel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Reason;
import io.silenda.attest.encoding.ByteReader;
import io.silenda.attest.intel.quote.Quote;
import io.silenda.attest.intel.quote.QuoteSignature;
import io.silenda.attest.pki.EcCurve;
import io.silenda.attest.pki.EcdsaSignatures;
import io.silenda.attest.pki.PublicKey;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;

/** The signatures of a quote, from the PCK down to the body. */
final class QuoteSignatures {
  private QuoteSignatures() {}

  static void verify(Quote quote, PublicKey pck, CheckList checks) throws AttestationException {
    QuoteSignature signature = quote.signature();
    checks.require(
        EcdsaSignatures.verify(
            "qe-report-signature",
            EcCurve.P256,
            pck,
            signature.qeReportBytes(),
            signature.qeReportSignature()),
        "qe-report-signature",
        Reason.QE_REPORT_SIGNATURE,
        "signature over the quoting enclave's report",
        "one by the PCK");
    requireKeyBound(signature, checks);
    PublicKey attestationKey =
        PublicKey.ofRawPoint("attestation key", EcCurve.P256, signature.attestationKey());
    checks.require(
        EcdsaSignatures.verify(
            "quote-signature",
            EcCurve.P256,
            attestationKey,
            quote.signedBytes(),
            signature.signature()),
        "quote-signature",
        Reason.EVIDENCE_SIGNATURE,
        "signature over header and body",
        "one by the attestation key");
    reportTrailing(quote.trailing(), checks);
  }

  /** SHA-256 of attestation key and authentication data stands in the QE's report data. */
  private static void requireKeyBound(QuoteSignature signature, CheckList checks)
      throws AttestationException {
    SHA256Digest digest = new SHA256Digest();
    digest.update(signature.attestationKey(), 0, signature.attestationKey().length);
    digest.update(signature.qeAuthData(), 0, signature.qeAuthData().length);
    byte[] wanted = new byte[64];
    digest.doFinal(wanted, 0);
    checks.require(
        Arrays.equals(wanted, signature.qeReport().reportData()),
        "qe-report-data",
        Reason.QE_REPORT_DATA,
        "report data of the quoting enclave",
        "the hash of attestation key and authentication data");
  }

  private static void reportTrailing(byte[] trailing, CheckList checks) {
    if (ByteReader.allZero(trailing)) {
      checks.passed("trailing-bytes", trailing.length + " zero bytes after the quote", "zeros");
    } else {
      checks.undecided(
          "trailing-bytes",
          Reason.TRAILING_BYTES,
          trailing.length + " bytes after the quote, not all zero, that nothing signs",
          "none, or zeros");
    }
  }
}
