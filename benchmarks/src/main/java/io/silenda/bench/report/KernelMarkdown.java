package io.silenda.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A stored run of the kernels suite as Markdown. */
final class KernelMarkdown {
  private KernelMarkdown() {}

  static String of(JsonNode run) {
    JsonNode machine = run.path("machine");
    List<List<String>> rows = new ArrayList<>();
    run.path("entries").forEach(entry -> rows.add(row(entry)));
    return String.format(
            Locale.ROOT,
            "%s, %d processors, kernels %s, JDK %s, SEAL %s. Taken %s%s; one thread, medians.%n%n",
            machine.path("cpu").asText(),
            machine.path("processors").asInt(),
            machine.path("kernels").asText(),
            machine.path("java").asText(),
            machine.path("seal").asText(),
            run.path("taken").asText(),
            run.path("quick").asBoolean() ? ", quick" : "")
        + Markdown.table(
            List.of("operation", "SEAL", "ours", "times as fast", "quartiles", "of the limit"),
            rows);
  }

  private static List<String> row(JsonNode entry) {
    List<String> parameters = new ArrayList<>();
    entry
        .path("parameters")
        .properties()
        .forEach(
            each -> {
              if (!each.getKey().contains("bytes")) {
                parameters.add(each.getKey().replace('_', ' ') + " " + each.getValue().asText());
              }
            });
    JsonNode ratio = entry.path("ratio");
    JsonNode share = entry.path("limit").path("share");
    return List.of(
        entry.path("operation").asText().replace('_', ' ') + ", " + String.join(", ", parameters),
        Units.nanos(entry.path("baseline_nanos").path("median").asDouble()),
        Units.nanos(entry.path("nanos").path("median").asDouble()),
        Units.ratio(ratio.path("median").asDouble())
            + (entry.path("noisy").asBoolean() ? " (noisy)" : ""),
        Units.ratio(ratio.path("quartiles").path(0).asDouble())
            + " to "
            + Units.ratio(ratio.path("quartiles").path(1).asDouble()),
        share.isNumber() ? Units.percent(share.asDouble()) : "–");
  }
}
