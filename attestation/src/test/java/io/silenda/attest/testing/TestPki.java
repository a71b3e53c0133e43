package io.silenda.attest.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/** Certificates and revocation lists, valid in January 2026. */
public final class TestPki {
  /** When everything is valid. */
  public static final Instant NOW = Instant.parse("2026-01-15T00:00:00Z");

  /** When certificates and lists begin to be valid. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** When they end. */
  public static final Instant END = Instant.parse("2026-02-01T00:00:00Z");

  private TestPki() {}

  /** A certificate to be built: change what a test is about. */
  public static final class Spec {
    private final String subject;
    private final TestKey key;
    private final String issuer;
    private final TestKey issuerKey;
    private final List<Extension> extensions = new ArrayList<>();
    private long serial = 7;
    private Instant notBefore = START;
    private Instant notAfter = END;

    /** A certificate for {@code subject}. */
    public Spec(String subject, TestKey key, String issuer, TestKey issuerKey) {
      this.subject = subject;
      this.key = key;
      this.issuer = issuer;
      this.issuerKey = issuerKey;
    }

    /** Makes it an authority. */
    public Spec ca() {
      return extension(
              TestPki.extension(Extension.basicConstraints, true, new BasicConstraints(true)))
          .usage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
    }

    /** Makes it an authority that may have {@code below} authorities below. */
    public Spec ca(int below) {
      return extension(
              TestPki.extension(Extension.basicConstraints, true, new BasicConstraints(below)))
          .usage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
    }

    /** Sets what the key may be used for. */
    public Spec usage(int usage) {
      return extension(TestPki.extension(Extension.keyUsage, true, new KeyUsage(usage)));
    }

    /** Adds an extension. */
    public Spec extension(Extension extension) {
      extensions.add(extension);
      return this;
    }

    /** Sets the serial number. */
    public Spec serial(long number) {
      serial = number;
      return this;
    }

    /** Sets the validity. */
    public Spec valid(Instant from, Instant until) {
      notBefore = from;
      notAfter = until;
      return this;
    }

    /** The certificate. */
    public X509CertificateHolder build() {
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              name(issuer),
              BigInteger.valueOf(serial),
              Date.from(notBefore),
              Date.from(notAfter),
              name(subject),
              key.info());
      try {
        for (Extension extension : extensions) {
          builder.addExtension(extension);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return builder.build(issuerKey.contentSigner());
    }
  }

  /** An extension. */
  public static Extension extension(
      ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
    try {
      return new Extension(oid, critical, value.toASN1Primitive().getEncoded());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A revocation list with these serial numbers, DER. */
  public static byte[] crl(
      String issuer, TestKey key, Instant from, Instant until, long... revoked) {
    X509v2CRLBuilder builder = new X509v2CRLBuilder(name(issuer), Date.from(from));
    builder.setNextUpdate(Date.from(until));
    for (long serial : revoked) {
      builder.addCRLEntry(BigInteger.valueOf(serial), Date.from(from), 1);
    }
    try {
      return builder.build(key.contentSigner()).getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Certificates as PEM. */
  public static byte[] pem(List<X509CertificateHolder> certificates) {
    StringBuilder text = new StringBuilder();
    for (X509CertificateHolder certificate : certificates) {
      text.append("-----BEGIN CERTIFICATE-----\n");
      text.append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der(certificate)));
      text.append("\n-----END CERTIFICATE-----\n");
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** A certificate as DER. */
  public static byte[] der(X509CertificateHolder certificate) {
    try {
      return certificate.getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of somebody. */
  public static X500Name name(String commonName) {
    return new X500Name("CN=" + commonName + ",O=Silenda Tests");
  }
}
