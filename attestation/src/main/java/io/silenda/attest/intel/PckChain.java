package io.silenda.attest.intel;

import io.silenda.attest.AttestationException;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Reason;
import io.silenda.attest.intel.quote.CertificationData;
import io.silenda.attest.pki.Certificates;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Finds the certificates of a PCK: in the quote, in a file beside it, or leaf here and issuers
 * there.
 */
final class PckChain {
  private PckChain() {}

  static List<X509CertificateHolder> find(CertificationData data, List<EndorsementFile> files)
      throws AttestationException {
    if (data.type() == CertificationData.PCK_CHAIN) {
      return Certificates.parsePem("PCK chain of the quote", data.data());
    }
    List<X509CertificateHolder> chain = new ArrayList<>();
    if (data.type() == CertificationData.PCK_CERTIFICATE) {
      chain.addAll(Certificates.parsePem("PCK certificate of the quote", data.data()));
      if (chain.size() != 1) {
        throw new AttestationException(
            Reason.BAD_FIELD, "pck-chain", chain.size() + " certificates of type 4", "one");
      }
    }
    for (EndorsementFile file : files) {
      if (!CollateralFiles.isJson(file.bytes())) {
        chain.addAll(Certificates.parseFile(file.name(), file.bytes()));
      }
    }
    if (chain.isEmpty()) {
      throw new AttestationException(
          Reason.MISSING_CERTIFICATE,
          "pck-chain",
          "a quote that names its platform (type " + data.type() + ") and no certificate",
          "a file with the PCK chain");
    }
    return chain;
  }
}
