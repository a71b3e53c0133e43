package io.silenda.attest.sealed;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.silenda.attest.sealed.SealedHeader.Fields;
import io.silenda.attest.synthetic.ParserFuzz;
import org.junit.jupiter.api.Test;

/** Headers of any bytes. */
class SealedHeaderFuzzTest {
  private static final long SEED = 910;

  private final ParserFuzz fuzz =
      new ParserFuzz(
          SealedHeader::parse,
          new SealedHeader(
                  new Fields(1 << 14, 1 << 20, 3, new byte[32], new byte[32], new byte[32]),
                  new byte[32])
              .encode());

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
