package io.silenda.infer.enclave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutionPolicyTest {
  private static final ExecutionPolicy FULL =
      ExecutionPolicy.DEFAULT
          .withMaxResidentBytes(256 << 20)
          .withTail(ObliviousTail.parse("top-5"));

  @Test
  void everyPolicyHasOneSpelling() throws Exception {
    for (ExecutionPolicy policy :
        List.of(
            ExecutionPolicy.DEFAULT,
            FULL,
            ExecutionPolicy.DEFAULT.withTail(ObliviousTail.parse("relu")))) {
      assertThat(ExecutionPolicy.parse(policy.bytes())).isEqualTo(policy);
    }
    assertThat(new String(FULL.bytes(), StandardCharsets.US_ASCII))
        .isEqualTo("silenda-worker-execution 1\nresident-bytes 268435456\noblivious-tail top-5\n");
  }

  @Test
  void everyFlippedBitIsRefusedOrAnotherPolicy() {
    byte[] bytes = FULL.bytes();
    for (int i = 0; i < bytes.length * Byte.SIZE; i++) {
      byte[] changed = bytes.clone();
      changed[i / Byte.SIZE] ^= (byte) (1 << (i % Byte.SIZE));
      try {
        ExecutionPolicy read = ExecutionPolicy.parse(changed);
        assertThat(read).isNotEqualTo(FULL);
        assertThat(read.bytes()).isEqualTo(changed);
      } catch (AttestationException e) {
        assertThat(e.reason()).isEqualTo(Reason.BAD_POLICY);
      }
    }
  }

  @Test
  void otherSpellingsAreRefused() {
    String header = "silenda-worker-execution 1\n";
    for (String text :
        List.of(
            "",
            header.strip(),
            header + "\n",
            header + "resident-bytes 0268435456\n",
            header + "resident-bytes 1\n",
            header + "resident-bytes 99999999999999999999\n",
            header + "oblivious-tail relu\nresident-bytes 268435456\n",
            header + "oblivious-tail relu\noblivious-tail relu\n",
            header + "oblivious-tail softmax\n",
            header + "x".repeat(1000) + "\n")) {
      assertThatThrownBy(() -> ExecutionPolicy.parse(text.getBytes(StandardCharsets.US_ASCII)))
          .as(text)
          .isInstanceOfSatisfying(
              AttestationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_POLICY));
    }
  }

  @Test
  void aCapInWhichNothingRunsIsRefused() {
    assertThatThrownBy(() -> ExecutionPolicy.DEFAULT.withMaxResidentBytes(64 << 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("67108864");
  }
}
