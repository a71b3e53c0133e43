package io.silenda.bench.report;

import io.silenda.bench.kernels.KernelEntry;
import io.silenda.bench.kernels.KernelReport;
import io.silenda.bench.kernels.Limit;
import io.silenda.bench.machine.Machine;
import io.silenda.bench.measure.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A report as one page that loads nothing from elsewhere. */
public final class KernelHtml {
  private static final String STYLE =
      ":root{color-scheme:light dark;--fg:#1b1f24;--bg:#fff;--bar:#2a6f97;--line:#c1121f;--rule:#d8dee4}"
          + "@media(prefers-color-scheme:dark){:root{--fg:#dde3ea;--bg:#14181d;--bar:#61a5c2;"
          + "--line:#ff6b6b;--rule:#323a44}}"
          + "body{font:15px/1.5 system-ui,sans-serif;color:var(--fg);background:var(--bg);"
          + "max-width:70rem;margin:2rem auto;padding:0 1rem}"
          + "table{border-collapse:collapse;margin:1rem 0;display:block;overflow-x:auto}"
          + "th,td{padding:.2rem .7rem;border-bottom:1px solid var(--rule);text-align:right;"
          + "font-variant-numeric:tabular-nums}"
          + "th:first-child,td:first-child{text-align:left}"
          + "svg{width:100%;height:auto}svg text{font:12px system-ui,sans-serif;fill:var(--fg)}"
          + ".bar{fill:var(--bar)}.faint{opacity:.4}.spread{stroke:var(--fg);stroke-width:2}"
          + ".marker{stroke:var(--line);stroke-width:1.5;stroke-dasharray:4 3}";

  private KernelHtml() {}

  /** The page. */
  public static String page(KernelReport report) {
    return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
        + "<meta name=\"viewport\" content=\"width=device-width\"><title>Kernels beside SEAL's"
        + "</title><style>"
        + STYLE
        + "</style></head><body>\n<h1>Kernels beside SEAL's</h1>\n"
        + "<p>One thread. Each bar is a median, the line in it the quartiles; both implementations"
        + " ran in turns. Faint bars are too noisy to rely on.</p>\n"
        + "<h2>Times as fast as SEAL</h2>\n"
        + BarChart.svg("times as fast as SEAL", ratios(report), 1)
        + "<h2>Part of what this machine allows</h2>\n"
        + "<p>1 would be the limit: the longer of moving the operation's bytes from memory and"
        + " of its multiplications alone. Operations that stay in a cache can pass it.</p>\n"
        + BarChart.svg("part of the machine's limit", shares(report), 1)
        + "<h2>Figures</h2>\n"
        + figures(report)
        + "<h2>Machine</h2>\n"
        + machine(report)
        + "</body></html>\n";
  }

  private static List<BarChart.Bar> ratios(KernelReport report) {
    return report.entries().stream()
        .map(
            entry -> {
              Samples ratios = entry.comparison().ratios();
              return new BarChart.Bar(
                  entry.title(),
                  ratios.median(),
                  ratios.quantile(0.25),
                  ratios.quantile(0.75),
                  Units.ratio(ratios.median()),
                  entry.comparison().isNoisy());
            })
        .toList();
  }

  private static List<BarChart.Bar> shares(KernelReport report) {
    List<BarChart.Bar> bars = new ArrayList<>();
    for (KernelEntry entry : report.entries()) {
      entry.limit().ifPresent(limit -> bars.add(share(entry, limit)));
    }
    return bars;
  }

  private static BarChart.Bar share(KernelEntry entry, Limit limit) {
    Samples own = entry.comparison().own();
    double share = limit.nanos() / own.median();
    return new BarChart.Bar(
        entry.title(),
        share,
        limit.nanos() / own.quantile(0.75),
        limit.nanos() / own.quantile(0.25),
        Units.percent(share) + " " + limit.boundBy(),
        entry.comparison().isNoisy());
  }

  private static String figures(KernelReport report) {
    return Html.table(
        List.of(
            "operation",
            "SEAL",
            "ours",
            "ratio",
            "spread",
            "SEAL rotations",
            "memory limit",
            "arithmetic limit",
            "noisy"),
        report.entries().stream().map(entry -> row(report, entry)).toList());
  }

  private static List<String> row(KernelReport report, KernelEntry entry) {
    return List.of(
        entry.title(),
        Units.nanos(entry.comparison().baseline().median()),
        Units.nanos(entry.comparison().own().median()),
        Units.ratio(entry.ratio()),
        Units.percent(entry.comparison().ratios().spread()),
        report.sealRotations(entry).map(Units::ratio).orElse("–"),
        entry.limit().map(limit -> Units.nanos(limit.memoryNanos())).orElse("–"),
        entry.limit().map(limit -> Units.nanos(limit.arithmeticNanos())).orElse("–"),
        entry.comparison().isNoisy() ? "yes" : "");
  }

  private static String machine(KernelReport report) {
    Machine machine = report.machine();
    Map<String, Double> multiplies = report.limits().multipliesPerSecond();
    return Html.table(
        List.of("", ""),
        List.of(
            List.of("processor", machine.cpu() + ", " + machine.processors() + " usable"),
            List.of("features", String.join(", ", machine.cpuFeatures())),
            List.of("kernels", machine.kernels()),
            List.of("memory read", Units.giga(report.limits().memoryBytesPerSecond()) + " GB/s"),
            List.of(
                "multiplications",
                multiplies.entrySet().stream()
                    .map(each -> each.getKey() + " " + Units.giga(each.getValue()) + " G/s")
                    .collect(Collectors.joining(", "))),
            List.of("system", machine.operatingSystem() + ", Java " + machine.java()),
            List.of("compiler", machine.compiler()),
            List.of("SEAL", machine.seal()),
            List.of("library", machine.libraryVersion()),
            List.of("taken", report.taken() + (report.quick() ? ", quick" : ""))));
  }
}
