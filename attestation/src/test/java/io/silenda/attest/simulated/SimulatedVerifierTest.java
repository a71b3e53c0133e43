package io.silenda.attest.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.Tee;
import io.silenda.attest.Verdict;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.policy.Allowed;
import io.silenda.attest.policy.Policy;
import io.silenda.attest.policy.PolicyJson;
import io.silenda.attest.policy.PolicyText;
import io.silenda.attest.provider.Probe;
import io.silenda.attest.provider.ReportData;
import io.silenda.attest.report.EarJson;
import io.silenda.attest.report.Explanation;
import io.silenda.attest.report.VerdictJson;
import io.silenda.attest.synthetic.Refusals;
import io.silenda.attest.verifier.FormatGuess;
import io.silenda.attest.verifier.Verifier;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedVerifierTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final byte[] NONCE = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");
  private static final byte[] WORKER = new byte[32];
  private static final SimulatedRoot ROOT = SimulatedRoot.random();
  private static final String STRICT =
      "accept simulated; worker_digest is "
          + "00".repeat(32)
          + "; nonce is 00112233445566778899aabbccddeeff; evidence within 60 seconds";

  private static SimulatedProvider provider() {
    return new SimulatedProvider(ROOT, WORKER, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static Evidence evidence() {
    return provider().provide(ReportData.ofNonce(NONCE));
  }

  private static Verdict verdict(String policy) throws AttestationException {
    return new Verifier(PolicyText.parse(policy))
        .verify(evidence(), VerificationContext.full(NOW.plusSeconds(30)));
  }

  @Test
  void onlyAPolicyThatSaysSoAcceptsIt() throws AttestationException {
    Verdict refused = verdict(STRICT);
    assertThat(refused.reason()).isEqualTo(Reason.SIMULATED);
    assertThat(refused.explanation()).contains("SIMULATED");
    assertThat(verdict("accept any; measurements any; nonce is any; excuse any").reason())
        .isEqualTo(Reason.SIMULATED);
    assertThat(verdict(STRICT + "; simulated allowed").accepted()).isTrue();
    assertThat(
            verdict(STRICT.replace("accept simulated", "accept tdx; simulated allowed")).reason())
        .isEqualTo(Reason.TEE_NOT_ACCEPTED);
  }

  @Test
  void theNamesOfTheWayAroundAreVisible() throws AttestationException {
    Policy policy = Policy.accepting(Allowed.of("simulated")).insecureAllowSimulated().build();
    assertThat(PolicyJson.print(policy)).contains("\"simulated_allowed\":true");
    byte[] json =
        "{\"accept\":[\"simulated\"],\"simulated_allowed\":true}".getBytes(StandardCharsets.UTF_8);
    assertThat(PolicyJson.parse(json)).isEqualTo(policy);
  }

  @Test
  void everyFormOfTheVerdictSaysSimulated() throws AttestationException {
    Verdict verdict = verdict(STRICT + "; simulated allowed");
    assertThat(verdict.format()).isEqualTo("SIMULATED");
    assertThat(verdict.simulated()).isTrue();
    assertThat(Explanation.line(verdict)).startsWith("accept: SIMULATED, no hardware");
    assertThat(VerdictJson.of("x", verdict).get("simulated").asBoolean()).isTrue();
    assertThat(EarJson.of(verdict, NOW, "p").at("/submods/SIMULATED/ear.status").asText())
        .isEqualTo("contraindicated");
    assertThat(verdict(STRICT).simulated()).isTrue();
  }

  @Test
  void restOfThePolicyStillHolds() throws AttestationException {
    String allowed = STRICT + "; simulated allowed";
    assertThat(verdict(allowed.replace("is 00112233", "is ff112233")).reason())
        .isEqualTo(Reason.NONCE_MISMATCH);
    assertThat(verdict(allowed.replace("is 0000", "is 0001")).reason())
        .isEqualTo(Reason.MEASUREMENT_MISMATCH);
    assertThat(verdict(allowed.replace("within 60", "within 10")).reason())
        .isEqualTo(Reason.TOO_OLD);
    assertThat(verdict("accept simulated; simulated allowed; nonce is any").reason())
        .isEqualTo(Reason.MISSING_MEASUREMENT);
  }

  @Test
  void aGivenRootMustBeTheSigner() throws Exception {
    Refusals.accepted(evidence(), Refusals.full(List.of(ROOT.anchor())));
    Refusals.assertRefused(
        evidence(), Refusals.full(List.of(SimulatedRoot.random().anchor())), Reason.UNTRUSTED_ROOT);
  }

  @Test
  void everyFlippedByteAndEveryOtherLengthIsRefused() throws AttestationException {
    VerificationContext context = Refusals.full(List.of(ROOT.anchor()));
    Refusals.assertEveryFlipRefused(evidence(), context);
    Refusals.assertEveryOtherLengthRefused(evidence(), context);
    VerificationContext anyRoot = VerificationContext.full(NOW);
    Refusals.assertEveryFlipRefused(evidence(), anyRoot);
  }

  @Test
  void aKeyThatIsNoPointIsRefused() {
    byte[] bytes = evidence().bytes();
    Arrays.fill(bytes, bytes.length - 96, bytes.length - 64, (byte) 0xff);
    Refusals.assertRefused(
        Refusals.with(evidence(), bytes), VerificationContext.full(NOW), Reason.BAD_KEY);
  }

  @Test
  void providerTakesWhatFits() throws AttestationException {
    assertThat(provider().probe()).isInstanceOf(Probe.Present.class);
    assertThat(((Probe.Present) provider().probe()).tee()).isEqualTo(Tee.SIMULATED);
    assertThat(FormatGuess.of(evidence().bytes())).isEqualTo("SIMULATED");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> provider().provide(new byte[63]))
        .withMessageContaining("reportData: 63 bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SimulatedProvider(ROOT, new byte[65], Clock.systemUTC()))
        .withMessageContaining("workerDigest: 65 bytes");
  }
}
