package io.silenda.bench.report;

import io.silenda.bench.kernels.KernelEntry;
import io.silenda.bench.kernels.KernelReport;
import io.silenda.bench.machine.Machine;
import io.silenda.bench.machine.MachineLimits;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/** A report as a table for a terminal. */
public final class KernelText {
  private KernelText() {}

  /** Prints all of it. */
  public static void print(KernelReport report, PrintWriter out) {
    machine(report, out);
    int width = report.entries().stream().mapToInt(each -> each.title().length()).max().orElse(0);
    out.printf(
        Locale.ROOT,
        "%-" + width + "s %11s %11s %7s %7s  %s%n",
        "operation",
        "SEAL",
        "ours",
        "ratio",
        "spread",
        "of the limit");
    for (KernelEntry entry : report.entries()) {
      out.printf(
          Locale.ROOT,
          "%-" + width + "s %11s %11s %7s %7s  %s%s%n",
          entry.title(),
          Units.nanos(entry.comparison().baseline().median()),
          Units.nanos(entry.comparison().own().median()),
          Units.ratio(entry.ratio()),
          Units.percent(entry.comparison().ratios().spread()),
          limit(entry),
          entry.comparison().isNoisy() ? "  noisy" : "");
    }
  }

  private static void machine(KernelReport report, PrintWriter out) {
    Machine machine = report.machine();
    MachineLimits limits = report.limits();
    out.println("machine  " + machine.cpu() + ", kernels " + machine.kernels());
    out.println(
        "limits   memory "
            + Units.giga(limits.memoryBytesPerSecond())
            + " GB/s; multiplications a second: "
            + limits.multipliesPerSecond().entrySet().stream()
                .map(each -> each.getKey() + " " + Units.giga(each.getValue()) + " G")
                .collect(Collectors.joining(", ")));
    out.println(
        "On one thread, in its processor time (networks by the clock); medians; ratios from turns.");
    out.println();
  }

  private static String limit(KernelEntry entry) {
    return entry
        .limit()
        .flatMap(
            limit ->
                entry
                    .shareOfLimit()
                    .map(share -> Units.percent(share) + " (" + limit.boundBy() + ")"))
        .orElse("not counted");
  }
}
