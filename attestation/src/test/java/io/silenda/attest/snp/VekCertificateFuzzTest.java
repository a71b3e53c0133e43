package io.silenda.attest.snp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.silenda.attest.pki.Certificates;
import io.silenda.attest.synthetic.ParserFuzz;
import io.silenda.attest.synthetic.SyntheticSnp;
import org.junit.jupiter.api.Test;

/** Certificates of endorsement keys of any bytes. */
class VekCertificateFuzzTest {
  private static final long SEED = 200;

  private final ParserFuzz fuzz =
      new ParserFuzz(
          der -> VekExtensions.of(Certificates.parse("vek", der)),
          SyntheticSnp.vcek("Milan", 2).endorsementKeyCertificate(),
          SyntheticSnp.vlek("Turin", 5).endorsementKeyCertificate());

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
