package io.silenda.attest.snp;

import io.silenda.attest.AttestationException;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Reason;
import io.silenda.attest.pki.Certificates;
import io.silenda.attest.pki.RevocationList;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Certificates and revocation lists that came with a report. Nothing in them is proven.
 *
 * @param certificates in the order of the files: endorsement key, then its issuers
 */
record AmdEndorsements(List<X509CertificateHolder> certificates, List<RevocationList> lists) {
  static final String CRL_ROLE = "ark-crl";

  static AmdEndorsements parse(List<EndorsementFile> files) throws AttestationException {
    List<X509CertificateHolder> certificates = new ArrayList<>();
    List<RevocationList> lists = new ArrayList<>();
    for (EndorsementFile file : files) {
      try {
        certificates.addAll(Certificates.parseFile(file.name(), file.bytes()));
      } catch (AttestationException notCertificates) {
        lists.add(list(file, notCertificates));
      }
    }
    return new AmdEndorsements(List.copyOf(certificates), List.copyOf(lists));
  }

  private static RevocationList list(EndorsementFile file, AttestationException otherwise)
      throws AttestationException {
    try {
      return RevocationList.parse(CRL_ROLE, file.bytes());
    } catch (AttestationException notAList) {
      throw notAList.reason() == Reason.BAD_CRL ? otherwise : notAList;
    }
  }
}
