package io.silenda.attest.nvidia;

import io.silenda.attest.AttestationException;
import io.silenda.attest.CheckList;
import io.silenda.attest.Claims;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.EvidenceVerifier;
import io.silenda.attest.Reason;
import io.silenda.attest.Tee;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.pki.CertificateChains;
import io.silenda.attest.pki.CertificatePath;
import io.silenda.attest.pki.Certificates;
import io.silenda.attest.pki.ChainRules;
import io.silenda.attest.pki.EcCurve;
import io.silenda.attest.pki.EcdsaSignatures;
import io.silenda.attest.pki.TrustAnchor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Verifies SPDM measurements of NVIDIA GPUs. The evidence is the request followed by the response;
 * the endorsements are the device's certificates, leaf first. NVIDIA publishes revocation by OCSP,
 * which works online only, so a full verification reports it as not checked. The report does not
 * say whether the GPU can be debugged: that shows in its measurements, which policies pin.
 */
public final class NvidiaGpuVerifier implements EvidenceVerifier {
  private static final String FORMAT = "spdm-1.1-measurements";

  /** Key of the certificate {@code CN=NVIDIA Device Identity CA}. */
  private static final TrustAnchor DEVICE_IDENTITY_CA =
      new TrustAnchor(
          "NVIDIA Device Identity CA",
          Base64.getDecoder()
              .decode(
                  "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEDkwUozv4pWJmWNtBKWB+TL9FGcRBJxb0"
                      + "0NkXxJeABb3qvq79V7xmCC1xik+LYFLhUW7op8QiuE3oVwcbtY/Tlb6gz6HGPufI"
                      + "DWvWOQHZHLvRh9OFfcFrXM6vI4/4wn29"));

  private static final HexFormat HEX = HexFormat.of();

  @Override
  public Set<String> formats() {
    return Set.of(FORMAT);
  }

  @Override
  public Claims verify(Evidence evidence, VerificationContext context, CheckList checks)
      throws AttestationException {
    SpdmTranscript transcript = SpdmTranscriptParser.parse(evidence.bytes());
    if (!context.checksSignatures()) {
      return claims(transcript).build();
    }
    CertificatePath path = validateChain(evidence.endorsements(), context, checks);
    requireSignature(transcript, path, checks);
    checks.signed(claims(transcript).build());
    requireFirmware(transcript, path, checks);
    checks.notChecked(
        "gpu-revocation", Reason.MISSING_CRL, "OCSP was not asked: offline", "not revoked");
    Claims.Builder claims = claims(transcript);
    DeviceCertificate.deviceInfo(path.leaf())
        .ifPresent(device -> claims.platformId(device).measured("device", device));
    return claims.build();
  }

  /** The root's certificate may come once more, in a file of its own. */
  private static CertificatePath validateChain(
      List<EndorsementFile> files, VerificationContext context, CheckList checks)
      throws AttestationException {
    List<X509CertificateHolder> chain = new ArrayList<>();
    for (EndorsementFile file : files) {
      for (X509CertificateHolder certificate : Certificates.parseFile(file.name(), file.bytes())) {
        if (chain.isEmpty() || !certificate.equals(chain.get(chain.size() - 1))) {
          chain.add(certificate);
        }
      }
    }
    List<TrustAnchor> anchors = context.anchorsOr(List.of(DEVICE_IDENTITY_CA));
    return CertificateChains.validate(
        "gpu", chain, new ChainRules(anchors, context.time()), checks);
  }

  /**
   * [SPDM] section 10.11.2: the signature covers the request and the response up to the signature.
   */
  private static void requireSignature(
      SpdmTranscript transcript, CertificatePath path, CheckList checks)
      throws AttestationException {
    boolean signed =
        EcdsaSignatures.verify(
            "gpu-signature",
            EcCurve.P384,
            path.leafKey("gpu"),
            transcript.signed(),
            transcript.signature());
    checks.require(
        signed,
        "gpu-signature",
        Reason.EVIDENCE_SIGNATURE,
        "ECDSA P-384 signature " + (signed ? "verifies" : "does not verify"),
        "a signature by the device");
  }

  /** The firmware that signs must be the one that the key was certified for. */
  private static void requireFirmware(
      SpdmTranscript transcript, CertificatePath path, CheckList checks)
      throws AttestationException {
    byte[] certified = DeviceCertificate.firmwareId(path.leaf());
    byte[] reported =
        Optional.ofNullable(transcript.opaque().get(OpaqueField.FIRMWARE_ID.id()))
            .orElse(new byte[0]);
    checks.require(
        Arrays.equals(certified, reported),
        "gpu-firmware-id",
        Reason.KEY_NOT_BOUND,
        "firmware id " + HEX.formatHex(reported),
        HEX.formatHex(certified) + ", as the certificate says");
  }

  private static Claims.Builder claims(SpdmTranscript transcript) {
    String nonce = HEX.formatHex(transcript.requestNonce());
    Claims.Builder claims =
        Claims.builder(Tee.NVIDIA_GPU, FORMAT)
            .nonce(nonce)
            .measured("nonce", nonce)
            .measured("response_nonce", HEX.formatHex(transcript.responseNonce()));
    transcript
        .measurements()
        .forEach((index, value) -> claims.measured("measurement" + index, HEX.formatHex(value)));
    transcript
        .opaque()
        .forEach(
            (id, value) ->
                OpaqueField.of(id)
                    .ifPresentOrElse(
                        field -> claims.measured(field.claim(), text(field, value)),
                        () -> claims.measured("opaque" + id, HEX.formatHex(value))));
    return claims;
  }

  private static String text(OpaqueField field, byte[] value) {
    if (field == OpaqueField.VBIOS_VERSION && value.length == Long.BYTES) {
      return vbiosVersion(value);
    }
    if (!field.isText()) {
      return HEX.formatHex(value);
    }
    String ascii = new String(value, StandardCharsets.US_ASCII);
    int end = ascii.indexOf('\0');
    return end < 0 ? ascii : ascii.substring(0, end);
  }

  /**
   * As [NVTRUST] writes it: the first word from its highest byte down, then the lowest of the
   * second.
   */
  private static String vbiosVersion(byte[] value) {
    return "%02X.%02X.%02X.%02X.%02X".formatted(value[3], value[2], value[1], value[0], value[4]);
  }
}
