package io.silenda.attest.tpm;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.silenda.attest.synthetic.ParserFuzz;
import io.silenda.attest.synthetic.SyntheticTpm;
import org.junit.jupiter.api.Test;

/** TPMS_ATTEST structures of any bytes. */
class TpmQuoteFuzzTest {
  private static final long SEED = 800;

  private final ParserFuzz fuzz = new ParserFuzz(TpmQuoteParser::parse, new SyntheticTpm().quote());

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
