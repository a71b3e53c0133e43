package io.silenda.bench.kernels;

import io.silenda.bench.machine.Machine;
import io.silenda.bench.machine.MachineLimits;
import io.silenda.bench.measure.Effort;
import io.silenda.bench.measure.InterleavedTimer;
import io.silenda.infer.Progress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Measures every operation of the crypto core beside SEAL's, on one thread. */
public final class KernelBench {
  private final boolean quick;
  private final Path networks;

  /**
   * @param quick under a minute instead of some minutes: fewer sizes and rounds
   * @param networks folder of the demo's networks; without it they are left out
   */
  public KernelBench(boolean quick, Path networks) {
    this.quick = quick;
    this.networks = networks;
  }

  /**
   * Measures.
   *
   * @throws IllegalStateException if the two implementations do not agree
   */
  public KernelReport run(Progress progress) throws Exception {
    Machine machine = Machine.current();
    progress.update("machine", 0, 1);
    MachineLimits limits = MachineLimits.measure(machine);
    progress.update("machine", 1, 1);
    return measure(machine, limits, Suite.groups(machine, quick, networks), progress);
  }

  private KernelReport measure(
      Machine machine, MachineLimits limits, List<CaseGroup> groups, Progress progress)
      throws Exception {
    InterleavedTimer timer = new InterleavedTimer(quick ? Effort.quick() : Effort.thorough());
    Instant taken = Instant.now();
    int total = groups.stream().mapToInt(CaseGroup::size).sum();
    List<KernelEntry> entries = new ArrayList<>();
    for (CaseGroup group : groups) {
      group.run(
          each -> {
            progress.update("kernels", entries.size(), total);
            entries.add(measure(each, timer, limits, machine.kernels()));
          });
    }
    progress.update("kernels", total, total);
    return new KernelReport(taken, quick, machine, limits, entries);
  }

  private static KernelEntry measure(
      KernelCase each, InterleavedTimer timer, MachineLimits limits, String kernels) {
    return new KernelEntry(
        each.operation(),
        each.parameters(),
        timer.compare(each.baseline(), each.own()),
        each.work().map(work -> Limit.of(work, limits, kernels)));
  }
}
