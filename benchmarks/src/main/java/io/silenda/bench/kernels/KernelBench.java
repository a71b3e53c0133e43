package io.silenda.bench.kernels;

import io.silenda.bench.machine.Machine;
import io.silenda.bench.machine.MachineLimits;
import io.silenda.bench.measure.Effort;
import io.silenda.bench.measure.InterleavedTimer;
import io.silenda.bench.measure.Resources;
import io.silenda.infer.Progress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measures every operation of the crypto core beside SEAL's, on one thread. All operations have a
 * block of rounds each, and then again, as often as the effort says: what disturbs the machine for
 * some seconds is in few blocks of any of them.
 */
public final class KernelBench {
  private final boolean quick;
  private final Path networks;

  /**
   * @param quick about a minute instead of some: fewer sizes and rounds
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
    Instant taken = Instant.now();
    Machine machine = Machine.current();
    progress.update("machine", 0, 1);
    MachineLimits limits = MachineLimits.measure(machine);
    progress.update("machine", 1, 1);
    try (Resources resources = new Resources()) {
      List<List<KernelCase>> cases = open(machine, resources, progress);
      List<InterleavedTimer> timers = measure(cases, progress);
      List<KernelEntry> entries = new ArrayList<>();
      for (int i = 0; i < cases.size(); i++) {
        entries.add(entry(cases.get(i).get(0), timers.get(i), limits, machine.kernels()));
      }
      return new KernelReport(taken, quick, machine, limits, entries);
    }
  }

  /** For each operation its copies. */
  private List<List<KernelCase>> open(Machine machine, Resources resources, Progress progress)
      throws Exception {
    List<CaseGroup> groups = Suite.groups(machine, quick, networks);
    List<List<KernelCase>> cases = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      progress.update("keys and operands", i, groups.size());
      cases.addAll(open(groups.get(i), resources));
    }
    progress.update("keys and operands", groups.size(), groups.size());
    return cases;
  }

  private static List<List<KernelCase>> open(CaseGroup group, Resources resources)
      throws Exception {
    List<List<KernelCase>> copies = new ArrayList<>();
    for (int copy = 0; copy < group.copies(); copy++) {
      copies.add(group.open(resources));
    }
    return IntStream.range(0, copies.get(0).size())
        .mapToObj(i -> copies.stream().map(copy -> copy.get(i)).toList())
        .toList();
  }

  private List<InterleavedTimer> measure(List<List<KernelCase>> cases, Progress progress) {
    Effort effort = quick ? Effort.quick() : Effort.thorough();
    List<InterleavedTimer> timers =
        cases.stream().map(copies -> new InterleavedTimer(effort, pairs(copies))).toList();
    int total = effort.mostBlocks() * timers.size();
    for (int pass = 0; pass < effort.mostBlocks(); pass++) {
      for (int i = 0; i < timers.size(); i++) {
        progress.update("kernels", pass * timers.size() + i, total);
        timers.get(i).pass(pass);
      }
    }
    progress.update("kernels", total, total);
    return timers;
  }

  private static List<InterleavedTimer.Pair> pairs(List<KernelCase> copies) {
    return copies.stream()
        .map(each -> new InterleavedTimer.Pair(each.baseline(), each.own()))
        .toList();
  }

  private static KernelEntry entry(
      KernelCase each, InterleavedTimer timer, MachineLimits limits, String kernels) {
    return new KernelEntry(
        each.operation(),
        each.parameters(),
        timer.comparison(),
        each.work().map(work -> Limit.of(work, limits, kernels)));
  }
}
