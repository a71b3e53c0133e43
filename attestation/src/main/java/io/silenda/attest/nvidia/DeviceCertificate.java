package io.silenda.attest.nvidia;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;

/** What the leaf certificate says about the device and the firmware that holds its key. */
final class DeviceCertificate {
  /**
   * TCG DICE. Hopper has a CompositeDeviceID of its forerunner RIoT under it, later devices a
   * DiceTcbInfo.
   */
  private static final ASN1ObjectIdentifier DICE = new ASN1ObjectIdentifier("2.23.133.5.4.1");

  /** Context tag of {@code fwids}, TCG "DICE Attestation Architecture" 1.1, section 6.1.1. */
  private static final int FWIDS_TAG = 6;

  /** DMTF device information, [SPDM] section 10.6.1: manufacturer, product and serial number. */
  private static final ASN1ObjectIdentifier DEVICE_INFO =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.412.274.1");

  private DeviceCertificate() {}

  /** The SHA-384 of the firmware that the key was made for. */
  static byte[] firmwareId(X509CertificateHolder leaf) throws AttestationException {
    Extension extension = leaf.getExtension(DICE);
    if (extension == null) {
      throw bad("no DICE extension " + DICE);
    }
    try {
      ASN1Sequence identity = ASN1Sequence.getInstance(extension.getParsedValue());
      ASN1Sequence hash = firmwareHash(identity);
      if (ASN1ObjectIdentifier.getInstance(hash.getObjectAt(0))
          .equals(NISTObjectIdentifiers.id_sha384)) {
        return ASN1OctetString.getInstance(hash.getObjectAt(1)).getOctets();
      }
    } catch (RuntimeException e) {
      throw bad("a malformed DICE extension");
    }
    throw bad("a firmware id by another hash");
  }

  private static ASN1Sequence firmwareHash(ASN1Sequence identity) {
    if (identity.getObjectAt(0) instanceof ASN1Integer) {
      return ASN1Sequence.getInstance(identity.getObjectAt(2));
    }
    for (ASN1Encodable element : identity) {
      if (element instanceof ASN1TaggedObject tagged && tagged.getTagNo() == FWIDS_TAG) {
        ASN1Sequence hashes = ASN1Sequence.getInstance(tagged, false);
        return ASN1Sequence.getInstance(hashes.getObjectAt(0));
      }
    }
    throw new IllegalArgumentException("no firmware id");
  }

  /**
   * Manufacturer, product and serial number, such as {@code NVIDIA:GH100:48B02D…}; empty without
   * such a name.
   */
  static Optional<String> deviceInfo(X509CertificateHolder leaf) throws AttestationException {
    Extension extension = leaf.getExtension(Extension.subjectAlternativeName);
    if (extension == null) {
      return Optional.empty();
    }
    try {
      return Arrays.stream(GeneralNames.getInstance(extension.getParsedValue()).getNames())
          .filter(name -> name.getTagNo() == GeneralName.otherName)
          .map(name -> ASN1Sequence.getInstance(name.getName()))
          .filter(name -> name.getObjectAt(0).equals(DEVICE_INFO))
          .map(DeviceCertificate::text)
          .findFirst();
    } catch (RuntimeException e) {
      throw bad("a malformed subject alternative name");
    }
  }

  private static String text(ASN1Sequence name) {
    ASN1TaggedObject value = ASN1TaggedObject.getInstance(name.getObjectAt(1));
    return ASN1UTF8String.getInstance(value.getExplicitBaseObject()).getString();
  }

  private static AttestationException bad(String seen) {
    return new AttestationException(
        Reason.BAD_CERTIFICATE, "gpu-certificate", seen, "a DICE identity with a SHA-384");
  }
}
