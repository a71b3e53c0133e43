package io.silenda.attest.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {
  private static final String BEGIN = "-----BEGIN THING-----";
  private static final String END = "-----END THING-----";

  private final Pem pem = new Pem("things", "THING", Reason.BAD_CERTIFICATE);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void blocksAreReadInOrder() throws AttestationException {
    String text = BEGIN + "\nAQID\n" + END + "\r\n \n" + BEGIN + "\nBA==\n" + END + "\n\0\0";
    assertThat(pem.read(bytes(text))).containsExactly(new byte[] {1, 2, 3}, new byte[] {4});
    assertThat(pem.read(bytes(BEGIN + END))).containsExactly(new byte[0]);
  }

  /** The first two have dashes that both lines would claim. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN THING--------END THING-----\n",
        "-----BEGIN THING-----END THING-----",
        BEGIN,
        BEGIN + "\nAQID\n",
        END,
        "AQID",
        "x" + BEGIN + END,
        BEGIN + "\nAQ==AQ==\n" + END,
        BEGIN + "\nAR==\n" + END,
        BEGIN + "\nAQI\n" + END,
        BEGIN + BEGIN + END
      })
  void anythingElseIsRefused(String text) {
    AttestationException refusal =
        catchThrowableOfType(AttestationException.class, () -> pem.read(bytes(text)));
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(Reason.BAD_CERTIFICATE);
  }
}
