package io.silenda.attest.simulated;

import io.silenda.attest.Evidence;
import io.silenda.attest.Tee;
import io.silenda.attest.provider.EvidenceProvider;
import io.silenda.attest.provider.Probe;
import io.silenda.attest.provider.ReportData;
import java.time.Clock;
import java.time.Instant;

/**
 * Makes SIMULATED evidence: always present, proves nothing. No list of a machine's providers
 * contains it; whoever wants it constructs it.
 */
public final class SimulatedProvider implements EvidenceProvider {
  private final SimulatedRoot root;
  private final byte[] workerDigest;
  private final Clock clock;

  /**
   * Simulated evidence of one worker.
   *
   * @param root signs; stays the caller's to close
   * @param workerDigest what would be measured, 1 to 64 bytes
   * @param clock the time in the evidence
   */
  public SimulatedProvider(SimulatedRoot root, byte[] workerDigest, Clock clock) {
    if (workerDigest.length < 1 || workerDigest.length > SimulatedReport.LONGEST_DIGEST) {
      throw new IllegalArgumentException(
          "workerDigest: "
              + workerDigest.length
              + " bytes, must be 1 to "
              + SimulatedReport.LONGEST_DIGEST);
    }
    this.root = root;
    this.workerDigest = workerDigest.clone();
    this.clock = clock;
  }

  @Override
  public String name() {
    return "simulated";
  }

  @Override
  public Probe probe() {
    return new Probe.Present(Tee.SIMULATED, "SIMULATED: no hardware stands behind this");
  }

  @Override
  public Evidence provide(byte[] reportData) {
    SimulatedReport report =
        new SimulatedReport(
            ReportData.requireLength(reportData),
            workerDigest,
            Instant.ofEpochMilli(clock.millis()),
            root.publicKey());
    return Evidence.of(SimulatedReport.FORMAT, root.sign(report));
  }
}
