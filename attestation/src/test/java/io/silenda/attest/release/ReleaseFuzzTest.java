package io.silenda.attest.release;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.silenda.attest.channel.ChannelFixture;
import io.silenda.attest.synthetic.ParserFuzz;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Messages and log lines of any bytes. */
class ReleaseFuzzTest {
  private static final byte[] RESPONSE =
      ReleaseMessage.encode(
          ReleaseMessage.Kind.RESPONSE, "models/digits", new byte[32], new byte[48]);

  private final ParserFuzz messages =
      new ParserFuzz(b -> ReleaseMessage.parse(ReleaseMessage.Kind.RESPONSE, b), RESPONSE);
  private final ParserFuzz lines =
      new ParserFuzz(b -> ReleaseLine.parse(new String(b, StandardCharsets.UTF_8)), line());

  private static byte[] line() {
    Release release =
        new Release(
            Instant.parse("2026-11-21T12:00:00Z"),
            "k",
            new byte[32],
            new byte[64],
            ChannelFixture.digest("e"),
            ChannelFixture.digest("p"),
            true);
    return new ReleaseLine(1, ReleaseLine.NO_LINE, release).text().getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void messagesAreReadOrRefused() {
    messages.run(700);
  }

  @Test
  void linesAreReadOrRefused() {
    lines.run(9_000);
  }

  /** Searches with the environment variable {@code JAZZER_FUZZ}; runs on an empty input without. */
  @FuzzTest
  void anyBytesAreReadOrRefused(byte[] bytes) {
    messages.check(bytes, "message");
    lines.check(bytes, "line");
  }
}
