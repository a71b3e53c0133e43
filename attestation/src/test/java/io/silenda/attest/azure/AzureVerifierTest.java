package io.silenda.attest.azure;

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
import io.silenda.attest.VerificationMode;
import io.silenda.attest.encoding.Digests;
import io.silenda.attest.synthetic.Authority;
import io.silenda.attest.synthetic.Keys;
import io.silenda.attest.synthetic.Refusals;
import io.silenda.attest.synthetic.SyntheticHcl;
import io.silenda.attest.synthetic.SyntheticSnp;
import io.silenda.attest.synthetic.SyntheticTpm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureVerifierTest {
  private static final KeyPair AK = Keys.rsa(51);
  private static final KeyPair OTHER_AK = Keys.rsa(52);

  private final SyntheticTpm tpm = new SyntheticTpm();
  private final SyntheticSnp snp =
      SyntheticSnp.vcek("Genoa", 3).change(report -> report.putInt(SyntheticSnp.VMPL, 0));
  private String runtimeData = runtimeData("HCLAkPub", AK);
  private Consumer<ByteBuffer> headerChange = report -> {};
  private boolean bind = true;

  @Test
  void acceptsAndReports() throws Exception {
    Claims claims = accepted(evidence(), snp.context());
    assertThat(claims.debug()).isEqualTo(DebugState.OFF);
    assertThat(claims.nonce()).contains("01020304");
    assertThat(claims.measured())
        .containsEntry("pcr4", "04".repeat(32))
        .containsEntry("secure_boot", "true")
        .containsEntry("snp-vmpl", "0")
        .containsKey("snp-measurement");
    assertThat(claims.tcbComponents()).containsEntry("bootloader", 10L);
    assertThat(claims.platformId()).isPresent();
  }

  @Test
  void theHardwareReportMustVouchForTheRuntimeData() {
    bind = false;
    assertRefused(evidence(), snp.context(), Reason.RUNTIME_DATA_HASH);
  }

  @Test
  void theGuestCannotVouchForItself() {
    snp.change(report -> report.putInt(SyntheticSnp.VMPL, 2));
    assertRefused(evidence(), snp.context(), Reason.SNP_VMPL);
  }

  @Test
  void theAttestationKeyMustBeTheOneOfTheRuntimeData() {
    runtimeData = runtimeData("HCLAkPub", OTHER_AK);
    assertRefused(evidence(), snp.context(), Reason.EVIDENCE_SIGNATURE);
    runtimeData = runtimeData("HCLEkPub", AK);
    assertRefused(evidence(), snp.context(), Reason.MISSING_FIELD);
  }

  @Test
  void theHardwareMustBeAmds() {
    assertRefused(evidence(), VerificationContext.full(Authority.NOW), Reason.UNTRUSTED_ROOT);
  }

  @Test
  void withoutEndorsementsAFullVerificationRefuses() throws Exception {
    Evidence whole = evidence();
    Evidence bare = new Evidence(whole.format(), whole.bytes(), whole.endorsements().subList(0, 3));
    assertRefused(bare, snp.context(), Reason.MISSING_CERTIFICATE);
    VerificationContext signatureOnly =
        new VerificationContext(
            VerificationMode.SIGNATURE_ONLY,
            Optional.of(Authority.NOW),
            Optional.of(snp.ark().anchors()));
    assertThat(Refusals.checksOf(bare, signatureOnly).toList())
        .anyMatch(
            check ->
                check.name().equals("azure-hardware")
                    && check.outcome() == Check.Outcome.NOT_CHECKED);
    Claims claims = accepted(bare, signatureOnly);
    assertThat(claims.debug()).isEqualTo(DebugState.UNKNOWN);
    assertThat(claims.measured()).doesNotContainKey("snp-measurement");
  }

  @ParameterizedTest
  @CsvSource({
    "0,BAD_FIELD",
    "4,UNSUPPORTED_VERSION",
    "8,BAD_LENGTH",
    "12,BAD_FIELD",
    "16,BAD_FIELD",
    "20,RESERVED_NOT_ZERO",
    "1216,BAD_LENGTH",
    "1220,BAD_FIELD",
    "1224,BAD_FIELD",
    "1228,UNSUPPORTED_ALGORITHM",
    "1232,BAD_LENGTH",
  })
  void refusesOtherHeaders(int offset, Reason reason) {
    headerChange = report -> report.put(offset, (byte) (report.get(offset) ^ 0x15));
    assertRefused(evidence(), snp.context(), reason);
  }

  @Test
  void refusesPaddingThatIsNotZero() {
    Evidence evidence = evidence();
    byte[] bytes = evidence.bytes();
    bytes[bytes.length - 1] = 1;
    assertRefused(Refusals.with(evidence, bytes), snp.context(), Reason.RESERVED_NOT_ZERO);
  }

  @Test
  void refusesWeakKeys() {
    runtimeData =
        "{\"keys\":[{\"kid\":\"HCLAkPub\",\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"AQAB\"}]}";
    assertRefused(evidence(), snp.context(), Reason.BAD_KEY);
  }

  @Test
  void everyFlippedByteIsRefused() throws Exception {
    Refusals.assertEveryFlipRefused(evidence(), snp.context());
  }

  private Evidence evidence() {
    byte[] data = runtimeData.getBytes(StandardCharsets.UTF_8);
    byte[] hash = Arrays.copyOf(Digests.SHA_256.hash(data), 64);
    if (bind) {
      snp.change(
          report -> {
            for (int i = 0; i < 64; i++) {
              report.put(0x50 + i, hash[i]);
            }
          });
    }
    Evidence hardware = snp.evidence();
    List<EndorsementFile> files = new ArrayList<>();
    files.add(new EndorsementFile("quote", tpm.quote()));
    files.add(new EndorsementFile("sig", tpm.rsassa(AK)));
    files.add(tpm.pcrFile());
    files.addAll(hardware.endorsements());
    return new Evidence("azure-hcl+tpm2-quote", hcl(hardware.bytes(), data), files);
  }

  private byte[] hcl(byte[] hardwareReport, byte[] data) {
    byte[] report = SyntheticHcl.report(hardwareReport, data);
    headerChange.accept(ByteBuffer.wrap(report));
    return report;
  }

  private static String runtimeData(String name, KeyPair key) {
    return new String(SyntheticHcl.runtimeData(name, key), StandardCharsets.UTF_8);
  }
}
