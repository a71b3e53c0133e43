package io.silenda.attest.nitro;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Claims;
import io.silenda.attest.DebugState;
import io.silenda.attest.Evidence;
import io.silenda.attest.EvidenceVerifier;
import io.silenda.attest.Reason;
import io.silenda.attest.Tee;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.cose.CoseAlgorithm;
import io.silenda.attest.cose.CoseSign1;
import io.silenda.attest.encoding.ByteReader;
import io.silenda.attest.encoding.Digests;
import io.silenda.attest.pki.CertificateChains;
import io.silenda.attest.pki.CertificatePath;
import io.silenda.attest.pki.Certificates;
import io.silenda.attest.pki.ChainRules;
import io.silenda.attest.pki.TrustAnchor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Verifies AWS Nitro attestation documents, [NSM] section 3. They bring their certificates along
 * and need no endorsement. AWS says that revocation lists must not be consulted for them (section
 * 3.2.3.3), so there is no such check.
 */
public final class NitroVerifier implements EvidenceVerifier {
  private static final String FORMAT = "nitro-cose-sign1";

  /** Key of the certificate {@code CN=aws.nitro-enclaves}, [NSM] section 3.2.1. */
  private static final TrustAnchor ROOT_G1 =
      new TrustAnchor(
          "AWS Nitro Enclaves root G1",
          Base64.getDecoder()
              .decode(
                  "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAE/AJU66YIwfNocOKa2pC+RjgyknNuiUv/"
                      + "9nLZiURLUFHlNKSx9tvjwLxYGjK3sXYHDt4S1po/6iEbZudSz33R3QlfbxNw9BcI"
                      + "Q9ncEAEh5M9jASgJZkSHyXlihDBNxT/0"));

  private static final int LISTED_NONCE_BYTES = 32;
  private static final HexFormat HEX = HexFormat.of();

  @Override
  public Set<String> formats() {
    return Set.of(FORMAT);
  }

  @Override
  public Claims verify(Evidence evidence, VerificationContext context, CheckList checks)
      throws AttestationException {
    // [NSM] section 2.2.1: the documents of the hypervisor carry no tag.
    CoseSign1 message = CoseSign1.parse(evidence.bytes(), CoseSign1.Tagging.UNTAGGED);
    checks.require(
        message.algorithm() == CoseAlgorithm.ES384,
        "nitro-algorithm",
        Reason.UNSUPPORTED_ALGORITHM,
        message.algorithm().name(),
        "ES384");
    NitroDocument document = NitroDocumentParser.parse(message.payload());
    Claims claims = claims(document);
    if (context.checksSignatures()) {
      checks.stated(claims);
      CertificatePath path = validateChain(document, context, checks);
      message.requireSignedBy(path.leafKey("nitro"), "nitro-signature", checks);
      checks.signed(claims);
      requireTimeWithinCertificate(document, path.leaf(), checks);
    }
    return claims;
  }

  private static CertificatePath validateChain(
      NitroDocument document, VerificationContext context, CheckList checks)
      throws AttestationException {
    List<X509CertificateHolder> leafFirst = new ArrayList<>();
    leafFirst.add(Certificates.parse("nitro leaf", document.certificate()));
    for (int i = document.caBundle().size() - 1; i >= 0; i--) {
      leafFirst.add(Certificates.parse("nitro cabundle", document.caBundle().get(i)));
    }
    List<TrustAnchor> anchors = context.anchorsOr(List.of(ROOT_G1));
    return CertificateChains.validate(
        "nitro", leafFirst, new ChainRules(anchors, context.time()), checks);
  }

  /** The leaf lives for hours; a document dated outside of it cannot be fresh when its chain is. */
  private static void requireTimeWithinCertificate(
      NitroDocument document, X509CertificateHolder leaf, CheckList checks)
      throws AttestationException {
    Instant from = leaf.getNotBefore().toInstant();
    Instant until = leaf.getNotAfter().toInstant();
    Instant time = document.timestamp();
    checks.require(
        !time.isBefore(from) && !time.isAfter(until),
        "nitro-timestamp",
        Reason.INCONSISTENT,
        time.toString(),
        from + " to " + until + ", as the leaf certificate is valid");
  }

  private static Claims claims(NitroDocument document) {
    Claims.Builder claims =
        Claims.builder(Tee.NITRO, FORMAT)
            .debug(debug(document))
            .issuedAt(document.timestamp())
            .platformId(document.moduleId());
    document.pcrs().forEach((index, value) -> claims.measured("pcr" + index, HEX.formatHex(value)));
    byte[] none = {};
    claims
        .measured("module_id", document.moduleId())
        .measured("public_key", HEX.formatHex(document.publicKey().orElse(none)))
        .measured("nonce", HEX.formatHex(document.nonce().map(NitroVerifier::start).orElse(none)))
        .measured("user_data", HEX.formatHex(document.userData().orElse(none)))
        .measured(
            "user_data_sha256",
            HEX.formatHex(Digests.SHA_256.hash(document.userData().orElse(none))));
    document.nonce().or(document::userData).map(HEX::formatHex).ifPresent(claims::nonce);
    return claims.build();
  }

  /**
   * A nonce may have 512 bytes; {@link Claims#nonce()} has all of them, the list of measured values
   * the first 32.
   */
  private static byte[] start(byte[] nonce) {
    return Arrays.copyOf(nonce, Math.min(nonce.length, LISTED_NONCE_BYTES));
  }

  /**
   * "Enclaves booted in debug mode generate attestation documents with PCRs that are made up
   * entirely of zeros" (AWS Nitro Enclaves user guide): PCR0, the enclave image, stands for them. A
   * document without PCR0 says nothing.
   */
  private static DebugState debug(NitroDocument document) {
    byte[] image = document.pcrs().get(0);
    if (image == null) {
      return DebugState.UNKNOWN;
    }
    return ByteReader.allZero(image) ? DebugState.ON : DebugState.OFF;
  }
}
