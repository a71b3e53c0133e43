package io.silenda.attest.pki;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;

/** Reads certificates. What comes out is well-formed, and proven in no way. */
public final class Certificates {
  private Certificates() {}

  /** One DER certificate with nothing behind it; {@code role} names it in refusals. */
  public static X509CertificateHolder parse(String role, byte[] der) throws AttestationException {
    try {
      X509CertificateHolder certificate = new X509CertificateHolder(der);
      if (!Arrays.equals(certificate.toASN1Structure().getEncoded("DER"), der)) {
        throw bad(role, "bytes that are not DER, or that follow the certificate");
      }
      return certificate;
    } catch (IOException | RuntimeException e) {
      throw bad(role, "no X.509 certificate");
    }
  }

  /** All certificates of a PEM text, in order; trailing zero bytes are ignored. */
  public static List<X509CertificateHolder> parsePem(String role, byte[] pem)
      throws AttestationException {
    List<X509CertificateHolder> certificates = new ArrayList<>();
    for (byte[] der : new Pem(role, "CERTIFICATE", Reason.BAD_CERTIFICATE).read(pem)) {
      certificates.add(parse(role, der));
    }
    if (certificates.isEmpty()) {
      throw new AttestationException(
          Reason.MISSING_CERTIFICATE, "certificate", role + ": no certificate", "at least one");
    }
    return certificates;
  }

  /** Certificates of a file that is PEM or one DER certificate. */
  public static List<X509CertificateHolder> parseFile(String role, byte[] file)
      throws AttestationException {
    return Pem.looksLike(file) ? parsePem(role, file) : List.of(parse(role, file));
  }

  private static AttestationException bad(String role, String seen) {
    return new AttestationException(
        Reason.BAD_CERTIFICATE, "certificate", role + ": " + seen, "an X.509 certificate");
  }
}
