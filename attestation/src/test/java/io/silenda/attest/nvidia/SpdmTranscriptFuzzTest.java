package io.silenda.attest.nvidia;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.silenda.attest.synthetic.Keys;
import io.silenda.attest.synthetic.ParserFuzz;
import io.silenda.attest.synthetic.SyntheticSpdm;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** SPDM transcripts of any bytes. */
class SpdmTranscriptFuzzTest {
  private static final long SEED = 1300;

  private final ParserFuzz fuzz =
      new ParserFuzz(
          SpdmTranscriptParser::parse,
          Keys.concat(
              SyntheticSpdm.unsigned(Map.of(1, new byte[48]), Map.of(20, new byte[48])),
              new byte[96]));

  @Test
  void everyMutantIsReadOrRefused() {
    fuzz.run(SEED);
  }

  /** Searches with the environment variable {@code JAZZER_FUZZ}; runs on an empty input without. */
  @FuzzTest
  void anyBytesAreReadOrRefused(byte[] bytes) {
    fuzz.check(bytes, "input");
  }
}
