package io.silenda.attest.snp;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * What AMD certifies about an endorsement key, [KDS] tables 9 (VCEK) and 15 (VLEK).
 *
 * @param product the product that the certificate names
 * @param tcb the TCB that the key was derived from
 * @param hardwareId the chip; VCEK only
 * @param cloudProvider whom the key was given to; VLEK only
 */
record VekExtensions(
    SnpProduct product,
    TcbVersion tcb,
    Optional<byte[]> hardwareId,
    Optional<String> cloudProvider) {
  private static final ASN1ObjectIdentifier AMD = new ASN1ObjectIdentifier("1.3.6.1.4.1.3704.1");
  private static final ASN1ObjectIdentifier PRODUCT_NAME = AMD.branch("2");
  private static final ASN1ObjectIdentifier BOOT_LOADER = AMD.branch("3.1");
  private static final ASN1ObjectIdentifier TEE = AMD.branch("3.2");
  private static final ASN1ObjectIdentifier SNP = AMD.branch("3.3");
  private static final ASN1ObjectIdentifier MICROCODE = AMD.branch("3.8");
  private static final ASN1ObjectIdentifier FMC = AMD.branch("3.9");
  private static final ASN1ObjectIdentifier HARDWARE_ID = AMD.branch("4");
  private static final ASN1ObjectIdentifier CLOUD_PROVIDER = AMD.branch("5");
  private static final int OCTET_STRING_TAG = 4;

  static VekExtensions of(X509CertificateHolder certificate) throws AttestationException {
    SnpProduct product = product(certificate);
    boolean turin = product == SnpProduct.TURIN;
    TcbVersion tcb =
        new TcbVersion(
            turin ? level(certificate, FMC, "fmcSPL") : 0,
            level(certificate, BOOT_LOADER, "blSPL"),
            level(certificate, TEE, "teeSPL"),
            level(certificate, SNP, "snpSPL"),
            level(certificate, MICROCODE, "ucodeSPL"));
    for (int reserved = turin ? 5 : 4; reserved <= 7; reserved++) {
      requireZeroIfPresent(certificate, "3." + reserved);
    }
    return new VekExtensions(
        product, tcb, hardwareId(certificate, product), cloudProvider(certificate));
  }

  private static SnpProduct product(X509CertificateHolder certificate) throws AttestationException {
    String name = text(value(certificate, PRODUCT_NAME, "productName"), "productName");
    return SnpProduct.ofName(name)
        .orElseThrow(() -> bad("productName", name, "Milan, Genoa or Turin"));
  }

  /** A security patch level: a DER INTEGER of 0 to 255. */
  private static int level(X509CertificateHolder certificate, ASN1ObjectIdentifier oid, String name)
      throws AttestationException {
    byte[] der = value(certificate, oid, name);
    try {
      ASN1Integer integer = ASN1Integer.getInstance(ASN1Primitive.fromByteArray(der));
      int level = integer.intValueExact();
      if (level >= 0 && level <= 255 && Arrays.equals(integer.getEncoded("DER"), der)) {
        return level;
      }
    } catch (IOException | RuntimeException e) {
      throw bad(name, "another encoding", "an INTEGER of 0 to 255");
    }
    throw bad(name, "another value", "an INTEGER of 0 to 255");
  }

  private static void requireZeroIfPresent(X509CertificateHolder certificate, String branch)
      throws AttestationException {
    ASN1ObjectIdentifier oid = AMD.branch(branch);
    if (certificate.getExtension(oid) != null && level(certificate, oid, "spl " + branch) != 0) {
      throw bad("spl " + branch, "not zero", "zero: reserved");
    }
  }

  /**
   * Older certificates have the bare bytes in the extension, newer ones a DER OCTET STRING of them.
   */
  private static Optional<byte[]> hardwareId(X509CertificateHolder certificate, SnpProduct product)
      throws AttestationException {
    Extension extension = certificate.getExtension(HARDWARE_ID);
    if (extension == null) {
      return Optional.empty();
    }
    byte[] value = extension.getExtnValue().getOctets();
    int size = product.hardwareIdBytes();
    if (value.length == size) {
      return Optional.of(value);
    }
    if (value.length == size + 2 && value[0] == OCTET_STRING_TAG && value[1] == size) {
      return Optional.of(Arrays.copyOfRange(value, 2, value.length));
    }
    throw bad("hwID", value.length + " bytes", size + " bytes");
  }

  private static Optional<String> cloudProvider(X509CertificateHolder certificate)
      throws AttestationException {
    return certificate.getExtension(CLOUD_PROVIDER) == null
        ? Optional.empty()
        : Optional.of(text(value(certificate, CLOUD_PROVIDER, "cspID"), "cspID"));
  }

  private static String text(byte[] der, String name) throws AttestationException {
    try {
      return ASN1IA5String.getInstance(ASN1Primitive.fromByteArray(der)).getString();
    } catch (IOException | RuntimeException e) {
      throw bad(name, "another encoding", "an IA5String");
    }
  }

  private static byte[] value(
      X509CertificateHolder certificate, ASN1ObjectIdentifier oid, String name)
      throws AttestationException {
    Extension extension = certificate.getExtension(oid);
    if (extension == null) {
      throw new AttestationException(
          Reason.MISSING_FIELD, "vek-extension", "no " + name + " (" + oid + ")", "present");
    }
    return extension.getExtnValue().getOctets();
  }

  private static AttestationException bad(String name, String seen, String wanted) {
    return new AttestationException(
        Reason.BAD_CERTIFICATE, "vek-extension", name + ": " + seen, wanted);
  }
}
