package io.silenda.he.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.he.KeyId;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class IdsTest {
  private static final KeyId KEY = new KeyId(1, 2);

  @Test
  void digestsAreThoseOfTheStandard() {
    Digest digest = Digest.sha256("abc".getBytes(StandardCharsets.US_ASCII));
    assertThat(digest)
        .hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Digest.ofBytes(digest.toBytes())).isEqualTo(digest);
    assertThatThrownBy(() -> Digest.ofBytes(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("length 31");
  }

  @Test
  void envelopesHaveRowsAndAPart() {
    assertThat(Envelope.ofSinglePart(KEY, Digest.ZERO, 3).parts()).isEqualTo(1);
    RequestId id = RequestId.random();
    assertThatThrownBy(() -> new Envelope(KEY, Digest.ZERO, id, 0, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rows is 0");
    assertThatThrownBy(() -> new Envelope(KEY, Digest.ZERO, id, 1, 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("part 2");
    assertThatThrownBy(() -> new ExpectedRequest(KEY, Digest.ZERO, 0, 1, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
