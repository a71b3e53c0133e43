package io.silenda.attest.tpm;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.silenda.attest.synthetic.Keys;
import io.silenda.attest.synthetic.ParserFuzz;
import io.silenda.attest.synthetic.SyntheticTpm;
import org.junit.jupiter.api.Test;

/** TPM signatures of any bytes. */
class TpmSignatureFuzzTest {
  private static final long SEED = 900;

  private final ParserFuzz fuzz =
      new ParserFuzz(
          TpmSignature::parse, new SyntheticTpm().ecdsa(Keys.ec("secp256r1", 72)), new byte[256]);

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
