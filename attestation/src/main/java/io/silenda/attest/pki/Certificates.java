package io.silenda.attest.pki;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** Reads certificates. What comes out is well-formed, and proven in no way. */
public final class Certificates {
  private static final int MAX_CERTIFICATES = 16;
  private static final String PEM_START = "-----BEGIN";

  private Certificates() {}

  /** One DER certificate with nothing behind it; {@code role} names it in refusals. */
  public static X509CertificateHolder parse(String role, byte[] der) throws AttestationException {
    try {
      X509CertificateHolder certificate = new X509CertificateHolder(der);
      if (!Arrays.equals(certificate.getEncoded(), der)) {
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
    String text = new String(pem, StandardCharsets.US_ASCII);
    try (PemReader reader = new PemReader(new StringReader(text))) {
      PemObject object;
      while ((object = reader.readPemObject()) != null) {
        if (!object.getType().equals("CERTIFICATE")) {
          throw bad(role, "PEM of type " + object.getType());
        }
        if (certificates.size() == MAX_CERTIFICATES) {
          throw bad(role, "more than " + MAX_CERTIFICATES + " certificates");
        }
        certificates.add(parse(role, object.getContent()));
      }
    } catch (IOException | RuntimeException e) {
      throw bad(role, "malformed PEM");
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
    String start = new String(file, 0, Math.min(file.length, 4096), StandardCharsets.ISO_8859_1);
    return start.contains(PEM_START) ? parsePem(role, file) : List.of(parse(role, file));
  }

  private static AttestationException bad(String role, String seen) {
    return new AttestationException(
        Reason.BAD_CERTIFICATE, "certificate", role + ": " + seen, "an X.509 certificate");
  }
}
