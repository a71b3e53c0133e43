package io.silenda.attest.nvidia;

import static io.silenda.attest.synthetic.Refusals.accepted;
import static io.silenda.attest.synthetic.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.attest.Check;
import io.silenda.attest.Claims;
import io.silenda.attest.DebugState;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.synthetic.Authority;
import io.silenda.attest.synthetic.Keys;
import io.silenda.attest.synthetic.Refusals;
import io.silenda.attest.synthetic.SyntheticSpdm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NvidiaGpuVerifierTest {
  private static final Authority ROOT = Authority.root("GPU root", Keys.rsa(61), "SHA256withRSA");
  private static final KeyPair GPU = Keys.ec("secp384r1", 62);

  private final Map<Integer, byte[]> measurements = new LinkedHashMap<>();
  private final Map<Integer, byte[]> opaque = new LinkedHashMap<>();
  private Consumer<ByteBuffer> change = transcript -> {};
  private ASN1Encodable dice = compositeDeviceId(1);

  @BeforeEach
  void fill() {
    measurements.put(1, new byte[48]);
    measurements.put(2, firmwareId(7));
    opaque.put(3, "550.90.07\0".getBytes(StandardCharsets.US_ASCII));
    opaque.put(6, new byte[] {0, (byte) 0x9f, 0, (byte) 0x96, 1, 0, 0, 0});
    opaque.put(20, firmwareId(1));
    opaque.put(34, new byte[] {1, 0});
  }

  @Test
  void acceptsAndReports() throws Exception {
    Claims claims = accepted(evidence(), context());
    assertThat(claims.debug()).isEqualTo(DebugState.UNKNOWN);
    assertThat(claims.nonce()).contains("11".repeat(32));
    assertThat(claims.platformId()).contains("NVIDIA:GH100:0123");
    assertThat(claims.measured())
        .containsEntry("measurement2", "07".repeat(48))
        .containsEntry("response_nonce", "22".repeat(32))
        .containsEntry("driver_version", "550.90.07")
        .containsEntry("vbios_version", "96.00.9F.00.01")
        .containsEntry("opaque34", "0100");
  }

  @Test
  void reportsRevocationAsNotChecked() throws Exception {
    assertThat(Refusals.checksOf(evidence(), context()).toList())
        .anyMatch(
            check ->
                check.name().equals("gpu-revocation")
                    && check.outcome() == Check.Outcome.NOT_CHECKED);
  }

  @Test
  void readsTheIdentityOfLaterDevices() throws Exception {
    dice =
        new DERSequence(
            new DERTaggedObject(false, 6, new DERSequence(new DERSequence(sha384(firmwareId(1))))));
    accepted(evidence(), context());
  }

  @Test
  void theFirmwareMustBeTheOneThatWasCertified() {
    opaque.put(20, firmwareId(2));
    assertRefused(evidence(), context(), Reason.KEY_NOT_BOUND);
    opaque.remove(20);
    assertRefused(evidence(), context(), Reason.KEY_NOT_BOUND);
    dice = new DERSequence();
    assertRefused(evidence(), context(), Reason.BAD_CERTIFICATE);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "3", "36", "37", "38", "39", "40"})
  void refusesOtherMessages(int offset) {
    change = transcript -> transcript.put(offset, (byte) (transcript.get(offset) ^ 0x40));
    assertRefused(evidence(), context(), Reason.SPDM_TRANSCRIPT);
  }

  @Test
  void refusesMalformedMeasurements() {
    int first = 45;
    assertChanged(first, 0, Reason.SPDM_MEASUREMENT);
    assertChanged(first, 2, Reason.SPDM_MEASUREMENT);
    assertChanged(first + 1, 2, Reason.SPDM_MEASUREMENT);
    assertChanged(first + 2, 50, Reason.SPDM_MEASUREMENT);
    assertChanged(first + 4, 0x7f, Reason.SPDM_MEASUREMENT);
    assertChanged(41, 1, Reason.TRAILING_BYTES);
    assertChanged(41, 3, Reason.TRUNCATED);
    measurements.clear();
    assertRefused(evidence(), context(), Reason.SPDM_MEASUREMENT);
  }

  @Test
  void pinsTheRootByItsKey() {
    assertRefused(evidence(), VerificationContext.full(Authority.NOW), Reason.UNTRUSTED_ROOT);
  }

  @Test
  void refusesTranscriptsWithoutCertificates() {
    assertRefused(
        Evidence.of("spdm-1.1-measurements", evidence().bytes()),
        context(),
        Reason.MISSING_CERTIFICATE);
  }

  @Test
  void theRequestsNonceIsSigned() {
    assertRefused(Refusals.flipped(evidence(), 4), context(), Reason.EVIDENCE_SIGNATURE);
    assertRefused(Refusals.flipped(evidence(), 60), context(), Reason.EVIDENCE_SIGNATURE);
  }

  @Test
  void everyFlippedByteIsRefused() throws Exception {
    Refusals.assertEveryFlipRefused(evidence(), context());
    Refusals.assertEveryOtherLengthRefused(evidence(), context());
  }

  private void assertChanged(int offset, int value, Reason reason) {
    change = transcript -> transcript.put(offset, (byte) value);
    assertRefused(evidence(), context(), reason);
    change = transcript -> {};
  }

  private Evidence evidence() {
    byte[] signed = transcript();
    byte[] transcript = Keys.concat(signed, Keys.signP384(GPU.getPrivate(), signed));
    byte[] leaf;
    try {
      leaf = ROOT.issue("GPU", 9, GPU, this::addExtensions).getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return new Evidence(
        "spdm-1.1-measurements",
        transcript,
        List.of(
            new EndorsementFile("leaf", leaf),
            new EndorsementFile("chain", ROOT.der()),
            new EndorsementFile("root", ROOT.der())));
  }

  private byte[] transcript() {
    byte[] transcript = SyntheticSpdm.unsigned(measurements, opaque);
    change.accept(ByteBuffer.wrap(transcript));
    return transcript;
  }

  private void addExtensions(X509v3CertificateBuilder builder) {
    Authority.add(builder, "2.23.133.5.4.1", false, dice);
    GeneralName name =
        new GeneralName(
            GeneralName.otherName,
            new DERSequence(
                new ASN1Encodable[] {
                  new ASN1ObjectIdentifier("1.3.6.1.4.1.412.274.1"),
                  new DERTaggedObject(true, 0, new DERUTF8String("NVIDIA:GH100:0123"))
                }));
    Authority.add(builder, "2.5.29.17", false, new GeneralNames(name));
  }

  private static ASN1Encodable compositeDeviceId(int firmware) {
    return new DERSequence(
        new ASN1Encodable[] {
          new ASN1Integer(1), Keys.info(GPU), new DERSequence(sha384(firmwareId(firmware)))
        });
  }

  private static ASN1Encodable[] sha384(byte[] hash) {
    return new ASN1Encodable[] {NISTObjectIdentifiers.id_sha384, new DEROctetString(hash)};
  }

  private static byte[] firmwareId(int value) {
    return filled(48, value);
  }

  private static byte[] filled(int size, int value) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static VerificationContext context() {
    return Refusals.full(ROOT.anchors());
  }
}
