package io.silenda.attest.lockdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerPolicyTest {
  @Test
  void theStrictPolicyRequiresEverything() {
    assertThat(WorkerPolicy.strict().required()).isEqualTo(EnumSet.allOf(Protection.class));
  }

  @Test
  void everyPolicyIsReadAsItWasWrittenAndHasADigestOfItsOwn() throws Exception {
    for (Protection each : Protection.values()) {
      WorkerPolicy without = WorkerPolicy.strict().insecureWithout(each);
      assertThat(WorkerPolicy.parse(without.bytes())).isEqualTo(without);
      assertThat(without.digest()).isNotEqualTo(WorkerPolicy.strict().digest());
    }
  }

  @Test
  void anotherSpellingIsRefused() {
    String strict = new String(WorkerPolicy.strict().bytes(), StandardCharsets.US_ASCII);
    List<String> texts =
        List.of(
            "",
            "silenda-worker-policy 2\n",
            strict + "\n",
            strict + "require landlock\n",
            strict.replace("landlock", "landlok"),
            strict.replace("require no-swap", "prefer no-swap"),
            strict.replaceFirst("\n", "\r\n"),
            strict.substring(0, strict.length() - 1),
            "silenda-worker-policy 1\nrequire landlock\nrequire isolated-files\n",
            "x".repeat(5000));
    for (String text : texts) {
      assertThatThrownBy(() -> WorkerPolicy.parse(text.getBytes(StandardCharsets.US_ASCII)))
          .as(text)
          .isInstanceOfSatisfying(
              AttestationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_POLICY));
    }
  }

  @Test
  void onlyWhatIsRequiredAndMissingIsAViolation() {
    SelfDescription description = new SelfDescription(Map.of(Protection.LANDLOCK, "too old"));
    assertThat(description.violationOf(WorkerPolicy.strict())).contains("landlock: too old");
    assertThat(description.violationOf(WorkerPolicy.strict().insecureWithout(Protection.LANDLOCK)))
        .isEmpty();
    assertThat(description.present()).doesNotContain(Protection.LANDLOCK).hasSize(9);
  }

  @Test
  void aDescriptionIsReadAsItWasWrittenAndNothingElseIs() throws Exception {
    SelfDescription description =
        new SelfDescription(Map.of(Protection.NO_SWAP, "a\nb", Protection.NO_NETWORK, "eth0"));
    assertThat(SelfDescription.parse(description.bytes())).isEqualTo(description);
    for (String text :
        List.of(
            "",
            "silenda-worker-description 1",
            "silenda-worker-description 1\nno-such\tx\n",
            "silenda-worker-description 1\nno-swap\n",
            "silenda-worker-description 1\nno-swap\ta\nno-swap\tb\n")) {
      assertThatThrownBy(() -> SelfDescription.parse(text.getBytes(StandardCharsets.UTF_8)))
          .as(text)
          .isInstanceOf(AttestationException.class);
    }
  }
}
