package io.silenda.attest.nitro;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.silenda.attest.synthetic.ParserFuzz;
import io.silenda.attest.synthetic.SyntheticTokens;
import org.junit.jupiter.api.Test;

/** Nitro documents of any bytes. */
class NitroDocumentFuzzTest {
  private static final long SEED = 500;

  private final ParserFuzz fuzz =
      new ParserFuzz(NitroDocumentParser::parse, SyntheticTokens.nitroPayload());

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
