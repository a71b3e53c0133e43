package io.silenda.attest.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.attest.AttestationException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyRoundTripTest {
  private static final String FULL =
      "accept sgx or tdx; debug allowed; simulated allowed; status SWHardeningNeeded or UpToDate; "
          + "advisory INTEL-SA-00615; mrtd is aa11 or bb22; rtmr3 is any; measurements any; "
          + "nonce is 00ff00ff00ff00ff; platform is 0f0f; snp at least 22; evaluation at least 17; "
          + "evidence within 300 seconds; collateral within 30 days; "
          + "excuse service-td or trailing-bytes; mrtd in log silenda.io/log with key "
          + "58"
          + "66".repeat(31);

  @Test
  void textGoesThereAndBack() throws AttestationException {
    assertThat(PolicyText.print(PolicyText.parse(FULL))).isEqualTo(FULL);
  }

  @Test
  void jsonSaysTheSame() throws AttestationException {
    Policy policy = PolicyText.parse(FULL);
    byte[] json = PolicyJson.print(policy).getBytes(StandardCharsets.UTF_8);
    assertThat(PolicyJson.parse(json)).isEqualTo(policy);
    assertThat(PolicyFile.parse(json)).isEqualTo(policy);
    assertThat(PolicyFile.digest(policy)).hasSize(64);
  }

  @RepeatedTest(50)
  void randomPoliciesGoThereAndBack(RepetitionInfo repetition) throws AttestationException {
    int seed = repetition.getCurrentRepetition();
    Policy policy = random(new Random(seed));
    String text = PolicyText.print(policy);
    assertThat(PolicyText.parse(text)).as("seed %d: %s", seed, text).isEqualTo(policy);
    byte[] json = PolicyJson.print(policy).getBytes(StandardCharsets.UTF_8);
    assertThat(PolicyJson.parse(json)).as("seed %d: %s", seed, text).isEqualTo(policy);
  }

  private static Policy random(Random random) {
    Policy.Builder builder =
        Policy.accepting(random.nextBoolean() ? Allowed.of("tdx") : Allowed.anyValue());
    if (random.nextBoolean()) {
      builder.insecureAllowDebug();
    }
    if (random.nextBoolean()) {
      builder.statuses(Allowed.of("OutOfDate", "UpToDate"));
    }
    if (random.nextBoolean()) {
      builder.advisories(random.nextBoolean() ? Allowed.anyValue() : Allowed.of("INTEL-SA-1"));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      builder.measurement(
          "rtmr" + i, random.nextBoolean() ? Allowed.anyValue() : Allowed.of("ab" + i));
      builder.minimumTcb("sgx" + i, random.nextInt(256));
    }
    if (random.nextBoolean()) {
      builder.nonce("ab".repeat(8 + random.nextInt(57)));
    }
    if (random.nextBoolean()) {
      builder.maxEvidenceAge(Duration.ofSeconds(1 + random.nextInt(1_000_000)));
    }
    return builder.build();
  }

  @Test
  void silenceIsStrict() throws AttestationException {
    Policy policy = PolicyText.parse("accept tdx");
    assertThat(policy.debugAllowed()).isFalse();
    assertThat(policy.simulatedAllowed()).isFalse();
    assertThat(policy.statuses()).isEqualTo(Allowed.of("UpToDate"));
    assertThat(policy.advisories().isNothing()).isTrue();
    assertThat(policy.nonce().isNothing()).isTrue();
    assertThat(policy.measurementsAny()).isFalse();
    assertThat(policy.excused().isNothing()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tdx",
        "accept",
        "accept tdx or",
        "accept or tdx",
        "accept tdx sgx",
        "accept tdx or any",
        "accept toaster",
        "debug allowed; accept tdx",
        "accept tdx; debug",
        "accept tdx; debug allowed please",
        "accept tdx; status Revoked",
        "accept tdx; status NoMatchingTcbLevel",
        "accept tdx; status Fine",
        "accept tdx; status",
        "accept tdx; mrtd is",
        "accept tdx; mrtd was aa",
        "accept tdx; mrtd is aa; mrtd is bb",
        "accept tdx; nonce is aa or bb",
        "accept tdx; nonce is xyz",
        "accept tdx; nonce is 00ff00ff00ff00",
        "accept tdx; nonce is 0000000000000000",
        "accept tdx; mrtd in log a with key 0200000000000000000000000000000000000000000000000000000000000000",
        "accept tdx; snp at least many",
        "accept tdx; snp at least 99999999999",
        "accept tdx; evidence within 0 seconds",
        "accept tdx; evidence within 5 moons",
        "accept tdx; mrtd in log a with key 00",
      })
  void whatHasNoMeaningIsRefused(String text) {
    assertThatThrownBy(() -> PolicyText.parse(text))
        .isInstanceOf(AttestationException.class)
        .hasMessageStartingWith("policy: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"accept\":[]}",
        "{\"accept\":\"tdx\"}",
        "{\"accept\":[\"tdx\"],\"acept\":1}",
        "{\"accept\":[\"tdx\"],\"accept\":[\"sgx\"]}",
        "{\"accept\":[\"tdx\"]} x",
        "{\"accept\":[\"tdx\"],\"debug_allowed\":\"yes\"}",
        "{\"accept\":[\"tdx\"],\"status\":[]}",
        "{\"accept\":[\"tdx\"],\"evaluation\":-1}",
        "{\"accept\":[\"tdx\"],\"nonce\":\"FF\"}",
      })
  void jsonWithoutMeaningIsRefused(String json) {
    assertThatThrownBy(() -> PolicyFile.parse(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(AttestationException.class)
        .hasMessageStartingWith("policy: ");
  }
}
