package io.silenda.attest.intel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.silenda.attest.AttestationException;
import io.silenda.attest.Evidence;
import io.silenda.attest.Reason;
import io.silenda.attest.Verdict;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.VerificationMode;
import io.silenda.attest.policy.PolicyText;
import io.silenda.attest.report.EarJson;
import io.silenda.attest.report.Explanation;
import io.silenda.attest.testing.TestPki;
import io.silenda.attest.verifier.FormatGuess;
import io.silenda.attest.verifier.Verifier;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From bytes to a verdict under a strict policy. */
class StrictVerdictTest {
  private static final String POLICY =
      "accept tdx; nonce is "
          + "44".repeat(64)
          + "; mrtd is "
          + "22".repeat(48)
          + "; rtmr0 is "
          + "30".repeat(48)
          + "; rtmr1 is "
          + "31".repeat(48)
          + "; rtmr2 is "
          + "32".repeat(48)
          + "; rtmr3 is any; evaluation at least 18; platform is "
          + "0f".repeat(16);

  private static Verdict verdict(SyntheticIntel tdx, String policy) throws AttestationException {
    return new Verifier(PolicyText.parse(policy)).verify(tdx.evidence(), SyntheticIntel.context());
  }

  private static void refuses(SyntheticIntel tdx, Reason reason) throws AttestationException {
    Verdict verdict = verdict(tdx, POLICY);
    assertThat(verdict.accepted()).isFalse();
    assertThat(verdict.reason()).isEqualTo(reason);
    assertThat(Explanation.full(verdict)).contains("refused by", "seen:", "wanted:");
  }

  @Test
  void theReleaseThatIsMeantIsAccepted() throws AttestationException {
    Verdict verdict = verdict(SyntheticIntel.tdxV4(), POLICY);
    assertThat(verdict.accepted()).as(verdict.explanation()).isTrue();
    assertThat(Explanation.line(verdict)).isEqualTo("accept: tdx-quote-v4, UpToDate");
    assertThat(verdict(SyntheticIntel.tdx15(), POLICY).accepted()).isTrue();
  }

  @Test
  void everyFieldThatThePolicyCoversCounts() throws AttestationException {
    refuses(SyntheticIntel.tdxV4().body(136, 0x23), Reason.MEASUREMENT_MISMATCH);
    refuses(SyntheticIntel.tdxV4().body(328, 0x31), Reason.MEASUREMENT_MISMATCH);
    refuses(SyntheticIntel.tdxV4().body(520, 0x45), Reason.NONCE_MISMATCH);
    refuses(SyntheticIntel.tdxV4().body(120, 1), Reason.DEBUG);
    refuses(SyntheticIntel.tdxV4().body(123, 0), Reason.SEPT_VE);
    refuses(SyntheticIntel.tdx15().body(600, 1), Reason.SERVICE_TD);
    refuses(SyntheticIntel.tdxV4().body(123, 0x30), Reason.SERVICE_TD);
    refuses(SyntheticIntel.tdxV4().setTcbSvn(4, 1, 5), Reason.TCB_STATUS);
    refuses(SyntheticIntel.tdxV4().trailing((byte) 1), Reason.TRAILING_BYTES);
    refuses(
        SyntheticIntel.tdxV4().tcbInfo(json -> json.put("tcbEvaluationDataNumber", 17)),
        Reason.EVALUATION_NUMBER);
    refuses(
        SyntheticIntel.tdxV4().tcbLevel(0, json -> json.put("tcbStatus", "Revoked")),
        Reason.TCB_REVOKED);
  }

  @Test
  void anEnclaveIsNoTrustDomain() throws AttestationException {
    Evidence sgx = SyntheticIntel.sgx().evidence();
    Verifier verifier = new Verifier(PolicyText.parse(POLICY));
    assertThat(verifier.verify(sgx, SyntheticIntel.context()).reason())
        .isEqualTo(Reason.TEE_NOT_ACCEPTED);
    Evidence disguised = new Evidence("tdx-quote-v4", sgx.bytes(), sgx.endorsements());
    assertThat(verifier.verify(disguised, SyntheticIntel.context()).reason())
        .isEqualTo(Reason.UNSUPPORTED_VERSION);
    Evidence unknown = new Evidence("simulated", sgx.bytes(), sgx.endorsements());
    assertThat(verifier.verify(unknown, SyntheticIntel.context()).reason())
        .isEqualTo(Reason.UNKNOWN_FORMAT);
  }

  @Test
  void lessThanAFullVerificationIsRefused() throws AttestationException {
    Verifier verifier = new Verifier(PolicyText.parse(POLICY));
    Evidence evidence = SyntheticIntel.tdxV4().evidence();
    for (VerificationMode mode :
        new VerificationMode[] {VerificationMode.SIGNATURE_ONLY, VerificationMode.PARSE_ONLY}) {
      assertThat(verifier.verify(evidence, SyntheticIntel.context(mode)).reason())
          .isEqualTo(Reason.UNCHECKED);
    }
    VerificationContext full = SyntheticIntel.context();
    VerificationContext timeless =
        new VerificationContext(full.mode(), Optional.empty(), full.anchors());
    assertThat(verifier.verify(evidence, timeless).reason()).isEqualTo(Reason.UNCHECKED);
  }

  @Test
  void thePinnedRootIsIntels() throws AttestationException {
    Verdict verdict =
        new Verifier(PolicyText.parse(POLICY))
            .verify(SyntheticIntel.tdxV4().evidence(), VerificationContext.full(TestPki.NOW));
    assertThat(verdict.reason()).isEqualTo(Reason.UNTRUSTED_ROOT);
    assertThat(verdict.measured()).isEmpty();
  }

  @Test
  void resultsHaveTheShapeOfAnEar() throws AttestationException {
    ObjectNode good = ear(verdict(SyntheticIntel.tdxV4(), POLICY));
    assertThat(good.at("/submods/tdx-quote-v4/ear.status").textValue()).isEqualTo("affirming");
    SyntheticIntel old = SyntheticIntel.tdxV4().setTcbSvn(4, 1, 5);
    ObjectNode accepted = ear(verdict(old, POLICY + "; status OutOfDate; advisory INTEL-SA-77777"));
    assertThat(accepted.at("/submods/tdx-quote-v4/ear.status").textValue()).isEqualTo("warning");
    ObjectNode refused = ear(verdict(old, POLICY));
    assertThat(refused.at("/submods/tdx-quote-v4/ear.status").textValue())
        .isEqualTo("contraindicated");
    assertThat(refused.at("/submods/tdx-quote-v4/ear.trustworthiness-vector/hardware").intValue())
        .isEqualTo(96);
  }

  @Test
  void whatWasOnlyParsedIsNotAffirmed() throws AttestationException {
    Verdict verdict =
        new Verifier(PolicyText.parse(POLICY))
            .verify(
                SyntheticIntel.tdxV4().evidence(),
                SyntheticIntel.context(VerificationMode.PARSE_ONLY));
    assertThat(verdict.measured()).isNotEmpty();
    String vector = "/submods/tdx-quote-v4/ear.trustworthiness-vector/";
    assertThat(ear(verdict).at(vector + "instance-identity").intValue()).isEqualTo(99);
    assertThat(ear(verdict).at(vector + "hardware").intValue()).isZero();
    assertThat(ear(verdict).at(vector + "executables").intValue()).isZero();
  }

  private static ObjectNode ear(Verdict verdict) {
    return EarJson.of(verdict, Instant.EPOCH, "policy");
  }

  @Test
  void formatsAreGuessed() throws AttestationException {
    assertThat(FormatGuess.of(SyntheticIntel.sgx().quote())).isEqualTo("sgx-quote-v3");
    assertThat(FormatGuess.of(SyntheticIntel.tdxV4().quote())).isEqualTo("tdx-quote-v4");
    assertThat(FormatGuess.of(SyntheticIntel.tdx15().quote())).isEqualTo("tdx-quote-v5");
  }
}
