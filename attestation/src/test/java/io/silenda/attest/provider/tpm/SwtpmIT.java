package io.silenda.attest.provider.tpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Claims;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.Tee;
import io.silenda.attest.Verdict;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.encoding.Digests;
import io.silenda.attest.pki.TrustAnchor;
import io.silenda.attest.policy.PolicyText;
import io.silenda.attest.provider.Probe;
import io.silenda.attest.provider.ReportData;
import io.silenda.attest.synthetic.Refusals;
import io.silenda.attest.verifier.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole way from a TPM to a verdict, against a TPM that is a process of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SwtpmIT {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final int SIGNATURE = 0;
  private static final int PCRS = 1;
  private static final int KEY = 2;

  @TempDir static Path folder;
  private final byte[] reportData = filled(0x77);
  private @Nullable Swtpm tpm;

  @BeforeAll
  void start() throws IOException, InterruptedException {
    tpm = Swtpm.start(folder);
  }

  @AfterAll
  void stop() {
    if (tpm != null) {
      tpm.close();
    }
  }

  private static byte[] filled(int value) {
    byte[] data = new byte[ReportData.BYTES];
    Arrays.fill(data, (byte) value);
    return data;
  }

  private Swtpm tpm() {
    return Objects.requireNonNull(tpm);
  }

  private TpmProvider provider() {
    return TpmProvider.ofSocket(tpm().address(), TpmOptions.defaults());
  }

  private Evidence evidence() throws AttestationException {
    return provider().provide(reportData);
  }

  private static VerificationContext pinned(Evidence evidence) {
    String pem = new String(evidence.endorsements().get(KEY).bytes(), StandardCharsets.US_ASCII);
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    return Refusals.full(List.of(new TrustAnchor("ak", der)));
  }

  @Test
  void saysThatItIsASoftwareTpm() {
    Probe.Present present = (Probe.Present) provider().probe();
    assertThat(present.tee()).isEqualTo(Tee.TPM);
    assertThat(present.detail()).contains("SW", "SIMULATED");
  }

  @Test
  void itsQuotePassesTheVerifierAndCountsAsSimulated() throws AttestationException {
    Evidence evidence = evidence();
    Claims claims = Refusals.accepted(evidence, VerificationContext.full(NOW));
    assertThat(claims.simulated()).isTrue();
    assertThat(claims.nonce()).contains(ReportData.nonceIn("tpm2-quote", reportData));
    assertThat(claims.measured()).containsKeys("pcr0", "pcr15").doesNotContainKey("pcr16");
    assertThat(Refusals.accepted(evidence, pinned(evidence)).simulated()).isFalse();
  }

  @Test
  void everyDefaultPolicyRefusesItAndOneByNameAccepts() throws AttestationException {
    String policy =
        "accept tpm; pcr0 is any; pcr4 is any; nonce is "
            + ReportData.nonceIn("tpm2-quote", reportData);
    assertThat(verdict(policy + "; excuse any").reason()).isEqualTo(Reason.SIMULATED);
    assertThat(verdict(policy + "; simulated allowed").accepted()).isTrue();
    String other = policy.replaceAll("nonce is ..", "nonce is 00");
    assertThat(verdict(other + "; simulated allowed").reason()).isEqualTo(Reason.NONCE_MISMATCH);
  }

  private Verdict verdict(String policy) throws AttestationException {
    return new Verifier(PolicyText.parse(policy)).verify(evidence(), VerificationContext.full(NOW));
  }

  @Test
  void oneFlippedBitAnywhereIsRefused() throws AttestationException {
    Evidence evidence = evidence();
    Refusals.assertEveryFlipRefused(evidence, pinned(evidence));
    for (int file : new int[] {SIGNATURE, PCRS}) {
      byte[] bytes = evidence.endorsements().get(file).bytes();
      bytes[bytes.length - 3] ^= 1;
      assertThatThrownBy(() -> Refusals.accepted(with(evidence, file, bytes), pinned(evidence)))
          .isInstanceOf(AttestationException.class);
    }
  }

  private static Evidence with(Evidence evidence, int file, byte[] bytes) {
    List<EndorsementFile> files = new ArrayList<>(evidence.endorsements());
    files.set(file, new EndorsementFile("changed", bytes));
    return new Evidence(evidence.format(), evidence.bytes(), files);
  }

  @Test
  void registersOfBeforeDoNotFitTheQuoteOfAfter() throws Exception {
    Evidence before = evidence();
    try (TpmSession session = tpm().session()) {
      session.extend(10, Digests.SHA_256.hash(new byte[] {1}));
    }
    Evidence after = evidence();
    Evidence mixed = with(after, PCRS, before.endorsements().get(PCRS).bytes());
    Refusals.assertRefused(mixed, pinned(after), Reason.PCR_DIGEST);
    assertThat(Refusals.accepted(after, pinned(after)).measured().get("pcr10"))
        .isNotEqualTo(Refusals.accepted(before, pinned(before)).measured().get("pcr10"));
  }

  @Test
  void extendingIsHashingWhatWasThereBefore() throws Exception {
    byte[] digest = Digests.SHA_256.hash(new byte[] {2});
    try (TpmSession session = tpm().session()) {
      byte[] old = pcr(session, 11);
      session.extend(11, digest);
      assertThat(pcr(session, 11)).isEqualTo(Digests.SHA_256.hash(old, digest));
    }
  }

  private static byte[] pcr(TpmSession session, int pcr) throws AttestationException {
    SortedMap<Integer, byte[]> values = session.readPcrs(new TreeSet<>(List.of(pcr)));
    return Objects.requireNonNull(values.get(pcr));
  }

  @Test
  void theKeyIsTheSameEachTimeAndLeavesNoSlotTaken() throws AttestationException {
    byte[] key = evidence().endorsements().get(KEY).bytes();
    // A TPM has three slots or so for transient keys.
    for (int i = 0; i < 8; i++) {
      assertThat(evidence().endorsements().get(KEY).bytes()).isEqualTo(key);
    }
  }

  @Test
  void whatTheTpmRefusesIsTold() throws Exception {
    try (TpmSession session = tpm().session()) {
      assertThatThrownBy(() -> session.readNv(0x01c10000))
          .isInstanceOf(AttestationException.class)
          .hasMessageContaining("TPM2_NV_ReadPublic: response code 0x18b");
      assertThatThrownBy(() -> session.loaded(0x81000001))
          .hasMessageContaining("TPM2_ReadPublic: response code");
    }
  }
}
