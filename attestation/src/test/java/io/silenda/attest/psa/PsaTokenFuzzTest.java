package io.silenda.attest.psa;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.silenda.attest.synthetic.ParserFuzz;
import io.silenda.attest.synthetic.SyntheticTokens;
import org.junit.jupiter.api.Test;

/** PSA claims of any bytes. */
class PsaTokenFuzzTest {
  private static final long SEED = 600;

  private final ParserFuzz fuzz =
      new ParserFuzz(PsaTokenParser::parse, SyntheticTokens.psaPayload());

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
