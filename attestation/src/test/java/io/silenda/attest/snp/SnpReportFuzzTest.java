package io.silenda.attest.snp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.silenda.attest.synthetic.ParserFuzz;
import io.silenda.attest.synthetic.SyntheticSnp;
import org.junit.jupiter.api.Test;

/** SEV-SNP reports of any bytes. */
class SnpReportFuzzTest {
  private static final long SEED = 100;

  private final ParserFuzz fuzz =
      new ParserFuzz(
          SnpReportParser::parse,
          SyntheticSnp.vcek("Milan", 2).signedReport(),
          SyntheticSnp.vlek("Turin", 5).signedReport());

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
