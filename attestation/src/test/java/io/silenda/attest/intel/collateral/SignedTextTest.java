package io.silenda.attest.intel.collateral;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.attest.AttestationException;
import io.silenda.attest.encoding.StrictJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SignedTextTest {
  @Test
  void textThatIsReadAsOtherThanSignedIsRefused() {
    String json =
        "{\"x\":\"a\\ud800\",\"x_signature\":\"%s\",\"x_issuer_chain\":\"\"}"
            .formatted("00".repeat(64));
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> SignedText.of(StrictJson.parseObject("collateral", bytes), "x"))
        .isInstanceOf(AttestationException.class);
  }
}
