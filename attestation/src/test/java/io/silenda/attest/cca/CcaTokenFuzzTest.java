package io.silenda.attest.cca;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.silenda.attest.synthetic.ParserFuzz;
import io.silenda.attest.synthetic.SyntheticTokens;
import org.junit.jupiter.api.Test;

/** CCA tokens of any bytes. */
class CcaTokenFuzzTest {
  private static final long SEED = 700;

  private final ParserFuzz fuzz = new ParserFuzz(CcaToken::parse, SyntheticTokens.ccaToken());

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
