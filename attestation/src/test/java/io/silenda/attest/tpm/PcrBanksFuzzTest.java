package io.silenda.attest.tpm;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.synthetic.ParserFuzz;
import io.silenda.attest.synthetic.SyntheticTpm;
import org.junit.jupiter.api.Test;

/** PCR files of any bytes. */
class PcrBanksFuzzTest {
  private static final long SEED = 1000;

  private final ParserFuzz fuzz =
      new ParserFuzz(
          bytes -> PcrBanks.parse(new EndorsementFile("pcrs", bytes)),
          new SyntheticTpm().pcrFile().bytes());

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
