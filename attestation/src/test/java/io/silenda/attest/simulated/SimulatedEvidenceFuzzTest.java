package io.silenda.attest.simulated;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.silenda.attest.provider.ReportData;
import io.silenda.attest.synthetic.ParserFuzz;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** SIMULATED evidence of any bytes. */
class SimulatedEvidenceFuzzTest {
  private static final long SEED = 12_000;

  private final ParserFuzz fuzz =
      new ParserFuzz(
          SimulatedEvidence::parse,
          new SimulatedProvider(SimulatedRoot.random(), new byte[32], Clock.systemUTC())
              .provide(new byte[ReportData.BYTES])
              .bytes());

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
