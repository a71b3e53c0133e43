package io.silenda.attest.tpm;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Reason;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * What a certificate of an attestation key must be for ("TCG EK Credential Profile", version 2.5,
 * section 4: tcg-kp-AIKCertificate). Makers of TPMs issue certificates of other kinds, too, such as
 * those of endorsement keys, whose owners can sign with them whatever they like.
 */
final class AttestationKeyRole {
  private static final String AIK_CERTIFICATE = "2.23.133.8.3";

  private AttestationKeyRole() {}

  static void require(X509CertificateHolder leaf, CheckList checks) throws AttestationException {
    Extensions extensions = leaf.getExtensions();
    boolean signs = false;
    List<String> purposes = List.of();
    if (extensions != null) {
      KeyUsage usage = KeyUsage.fromExtensions(extensions);
      signs = usage != null && usage.hasUsages(KeyUsage.digitalSignature);
      ExtendedKeyUsage extended = ExtendedKeyUsage.fromExtensions(extensions);
      if (extended != null) {
        purposes = Arrays.stream(extended.getUsages()).map(KeyPurposeId::getId).toList();
      }
    }
    checks.require(
        signs,
        "ak-usage",
        Reason.CERTIFICATE_ROLE,
        signs ? "digitalSignature" : "no digitalSignature",
        "key usage digitalSignature");
    checks.require(
        purposes.contains(AIK_CERTIFICATE),
        "ak-role",
        Reason.CERTIFICATE_ROLE,
        "purposes " + purposes,
        AIK_CERTIFICATE + " (attestation key)");
  }
}
