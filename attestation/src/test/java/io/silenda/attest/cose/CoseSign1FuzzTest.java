package io.silenda.attest.cose;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.silenda.attest.synthetic.ParserFuzz;
import io.silenda.attest.synthetic.SyntheticTokens;
import org.junit.jupiter.api.Test;

/** COSE messages of any bytes. */
class CoseSign1FuzzTest {
  private static final long SEED = 400;

  private final ParserFuzz fuzz =
      new ParserFuzz(
          bytes -> CoseSign1.parse(bytes, CoseSign1.Tagging.TAGGED), SyntheticTokens.sign1());

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
