package io.silenda.attest.cbor;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.silenda.attest.synthetic.ParserFuzz;
import io.silenda.attest.synthetic.SyntheticTokens;
import org.junit.jupiter.api.Test;

/** CBOR of any bytes. */
class CborFuzzTest {
  private static final long SEED = 300;

  private final ParserFuzz fuzz =
      new ParserFuzz(Cbor::decode, SyntheticTokens.nitroPayload(), SyntheticTokens.ccaToken());

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
