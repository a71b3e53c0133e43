package io.silenda.attest.azure;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.silenda.attest.synthetic.Keys;
import io.silenda.attest.synthetic.ParserFuzz;
import io.silenda.attest.synthetic.SyntheticHcl;
import org.junit.jupiter.api.Test;

/** Run-time claims of any bytes. */
class RuntimeDataFuzzTest {
  private static final long SEED = 1200;

  private final ParserFuzz fuzz =
      new ParserFuzz(RuntimeData::parse, SyntheticHcl.runtimeData("HCLAkPub", Keys.rsa(73)));

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
