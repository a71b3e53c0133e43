package io.silenda.attest.synthetic;

import io.silenda.attest.pki.TrustAnchor;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority of the tests' own.
 *
 * @param algorithm JCA name of the algorithm that it signs with
 */
public record Authority(X509CertificateHolder certificate, KeyPair keys, String algorithm) {
  public static final String PSS = "SHA384withRSAandMGF1";
  public static final String ECDSA = "SHA384withECDSA";

  /** Certificates are valid from a day before to a year after this. */
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

  public static Authority root(String name, KeyPair keys, String algorithm) {
    X500Name subject = new X500Name("CN=" + name);
    return new Authority(
        build(subject, 1, keys, subject, keys, algorithm, Authority::markAuthority),
        keys,
        algorithm);
  }

  public Authority subordinate(String name, long serial, KeyPair subject, String itsAlgorithm) {
    return new Authority(
        issue(name, serial, subject, Authority::markAuthority), subject, itsAlgorithm);
  }

  public X509CertificateHolder issue(
      String name, long serial, KeyPair subject, Consumer<X509v3CertificateBuilder> extensions) {
    return build(
        new X500Name("CN=" + name),
        serial,
        subject,
        certificate.getSubject(),
        keys,
        algorithm,
        extensions);
  }

  /** A current list of the given serial numbers. */
  public byte[] crl(long... revoked) {
    return crl(NOW.minusSeconds(3600), NOW.plusSeconds(86_400), revoked);
  }

  public byte[] crl(Instant thisUpdate, Instant nextUpdate, long... revoked) {
    X509v2CRLBuilder builder =
        new X509v2CRLBuilder(certificate.getSubject(), Date.from(thisUpdate));
    builder.setNextUpdate(Date.from(nextUpdate));
    for (long serial : revoked) {
      builder.addCRLEntry(
          BigInteger.valueOf(serial), Date.from(thisUpdate), CRLReason.keyCompromise);
    }
    return Keys.encoded(builder.build(signer(keys, algorithm)));
  }

  public List<TrustAnchor> anchors() {
    return List.of(TrustAnchor.of("test root", certificate));
  }

  public byte[] der() {
    return Keys.encoded(certificate);
  }

  /** Adds an extension whose value is DER. */
  public static void add(
      X509v3CertificateBuilder builder, String oid, boolean critical, ASN1Encodable value) {
    try {
      builder.addExtension(new ASN1ObjectIdentifier(oid), critical, value);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Adds an extension whose value is these bytes. */
  public static void add(X509v3CertificateBuilder builder, String oid, byte[] value) {
    try {
      builder.addExtension(new ASN1ObjectIdentifier(oid), false, value);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void markAuthority(X509v3CertificateBuilder builder) {
    add(builder, Extension.basicConstraints.getId(), true, new BasicConstraints(true));
    add(
        builder,
        Extension.keyUsage.getId(),
        true,
        new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
  }

  private static X509CertificateHolder build(
      X500Name subject,
      long serial,
      KeyPair subjectKeys,
      X500Name issuer,
      KeyPair issuerKeys,
      String algorithm,
      Consumer<X509v3CertificateBuilder> extensions) {
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            issuer,
            BigInteger.valueOf(serial),
            Date.from(NOW.minusSeconds(86_400)),
            Date.from(NOW.plusSeconds(365 * 86_400L)),
            subject,
            Keys.info(subjectKeys));
    extensions.accept(builder);
    return builder.build(signer(issuerKeys, algorithm));
  }

  private static ContentSigner signer(KeyPair keys, String algorithm) {
    try {
      return new JcaContentSignerBuilder(algorithm).setProvider(PROVIDER).build(keys.getPrivate());
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }
}
