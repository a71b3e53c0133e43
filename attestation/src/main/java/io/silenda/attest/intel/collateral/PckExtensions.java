package io.silenda.attest.intel.collateral;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * What a PCK certificate says about its platform (Intel "SGX PCK Certificate and Certificate
 * Revocation List Profile Specification", section 1.3.5).
 *
 * @param ppid identifier of the platform, 16 bytes
 * @param components security versions of the 16 SGX components
 * @param pceSvn security version of the provisioning certification enclave
 * @param pceId 2 bytes
 * @param fmspc 6 bytes
 */
public record PckExtensions(
    byte[] ppid, List<Integer> components, int pceSvn, byte[] pceId, byte[] fmspc) {
  private static final String SGX = "1.2.840.113741.1.13.1";
  private static final String PPID = SGX + ".1";
  private static final String TCB = SGX + ".2";
  private static final String PCE_ID = SGX + ".3";
  private static final String FMSPC = SGX + ".4";

  /** Reads the extension of a certificate. */
  public static PckExtensions of(X509CertificateHolder certificate) throws AttestationException {
    try {
      Extension extension = certificate.getExtension(new ASN1ObjectIdentifier(SGX));
      if (extension == null) {
        throw bad("a PCK certificate without the SGX extension");
      }
      Map<String, ASN1Encodable> values = values(extension.getParsedValue());
      Map<String, ASN1Encodable> tcb = values(required(values, TCB));
      return new PckExtensions(
          octets(required(values, PPID), 16),
          IntStream.rangeClosed(1, TcbLevel.COMPONENTS)
              .mapToObj(i -> integer(required(tcb, TCB + "." + i), 255))
              .toList(),
          integer(required(tcb, TCB + ".17"), 65535),
          octets(required(values, PCE_ID), 2),
          octets(required(values, FMSPC), 6));
    } catch (RuntimeException e) {
      // Bouncy Castle parses lazily and reports what it does not like by runtime exceptions.
      throw bad("a malformed SGX extension");
    }
  }

  /** A sequence of pairs of identifier and value; none may occur twice. */
  private static Map<String, ASN1Encodable> values(ASN1Encodable sequence) {
    Map<String, ASN1Encodable> values = new HashMap<>();
    for (ASN1Encodable element : ASN1Sequence.getInstance(sequence)) {
      ASN1Sequence pair = ASN1Sequence.getInstance(element);
      String id = ASN1ObjectIdentifier.getInstance(pair.getObjectAt(0)).getId();
      if (values.put(id, pair.getObjectAt(1)) != null) {
        throw new IllegalArgumentException("twice: " + id);
      }
    }
    return values;
  }

  private static ASN1Encodable required(Map<String, ASN1Encodable> values, String id) {
    return Optional.ofNullable(values.get(id)).orElseThrow();
  }

  private static byte[] octets(ASN1Encodable value, int length) {
    byte[] octets = ASN1OctetString.getInstance(value).getOctets();
    if (octets.length != length) {
      throw new IllegalArgumentException("length " + octets.length);
    }
    return octets;
  }

  private static int integer(ASN1Encodable value, int high) {
    int integer = ASN1Integer.getInstance(value).intValueExact();
    if (integer < 0 || integer > high) {
      throw new IllegalArgumentException("integer " + integer);
    }
    return integer;
  }

  private static AttestationException bad(String seen) {
    return new AttestationException(
        Reason.BAD_CERTIFICATE, "pck-extensions", seen, "PPID, TCB, PCEID and FMSPC");
  }
}
