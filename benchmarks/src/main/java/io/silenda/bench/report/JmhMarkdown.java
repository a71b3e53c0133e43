package io.silenda.bench.report;

import io.silenda.bench.jmh.JmhEntry;
import io.silenda.bench.jmh.JmhRun;
import io.silenda.bench.measure.Samples;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A stored run of JMH benchmarks as Markdown. */
final class JmhMarkdown {
  private JmhMarkdown() {}

  static String of(JmhRun run) {
    return OverheadMarkdown.machine(run.machine(), run.taken(), false)
        + "\n"
        + Markdown.table(
            List.of("benchmark", "with", "median", "quartiles", "unit"),
            run.entries().stream().map(JmhMarkdown::row).toList());
  }

  private static List<String> row(JmhEntry entry) {
    Samples scores = new Samples(entry.scores());
    return List.of(
        "`" + entry.operation() + "`",
        entry.parameters().entrySet().stream()
            .map(JmhMarkdown::parameter)
            .collect(Collectors.joining(", ")),
        Units.significant(scores.median()),
        Units.significant(scores.quantile(0.25))
            + " to "
            + Units.significant(scores.quantile(0.75)),
        unit(entry.unit()));
  }

  private static String parameter(Map.Entry<String, String> parameter) {
    return parameter.getKey() + " " + parameter.getValue();
  }

  /** JMH writes {@code us/op}. */
  private static String unit(String unit) {
    return unit.replace("us", "µs").replace("/", " / ");
  }
}
