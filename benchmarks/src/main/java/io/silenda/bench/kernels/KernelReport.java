package io.silenda.bench.kernels;

import io.silenda.bench.machine.Machine;
import io.silenda.bench.machine.MachineLimits;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that {@code bench kernels} measured.
 *
 * @param taken when
 * @param quick whether sizes were left out and rounds few
 * @param machine on what
 * @param limits what it could do at most
 * @param entries in the order in which they were measured
 */
public record KernelReport(
    Instant taken,
    boolean quick,
    Machine machine,
    MachineLimits limits,
    List<KernelEntry> entries) {

  /** Copies the list. */
  public KernelReport {
    entries = List.copyOf(entries);
  }

  /** SEAL's rotation in the ring of 8192 with cold keys: the unit to compare machines in. */
  public Optional<KernelEntry> anchor() {
    return entries.stream()
        .filter(entry -> entry.operation().equals("rotation"))
        .filter(entry -> Integer.valueOf(8192).equals(entry.parameters().get("degree")))
        .filter(entry -> "cold".equals(entry.parameters().get("keys")))
        .findFirst();
  }

  /** How many of SEAL's rotations an operation takes on ours. */
  public Optional<Double> sealRotations(KernelEntry entry) {
    return anchor()
        .map(each -> entry.comparison().own().median() / each.comparison().baseline().median());
  }
}
