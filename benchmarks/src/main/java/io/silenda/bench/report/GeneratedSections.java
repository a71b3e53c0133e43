package io.silenda.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.silenda.bench.accuracy.AccuracyRun;
import io.silenda.bench.jmh.JmhRun;
import io.silenda.bench.overhead.OverheadRun;
import io.silenda.bench.training.TrainingCosts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sections of a Markdown text that come from stored runs: everything between {@code <!-- run:
 * FILE.json -->} and {@code <!-- end of run -->} is made anew from that file.
 */
public final class GeneratedSections {
  private static final Pattern SECTION =
      Pattern.compile("(<!-- run: (\\S+\\.json) -->\n).*?(<!-- end of run -->)", Pattern.DOTALL);

  private GeneratedSections() {}

  /**
   * The text with its sections made anew.
   *
   * @param page the text's own file: names of runs are relative to it
   * @throws IOException if a run cannot be read
   */
  public static String renew(String text, Path page) throws IOException {
    Matcher sections = SECTION.matcher(text);
    StringBuilder renewed = new StringBuilder();
    while (sections.find()) {
      String section =
          sections.group(1) + of(page.resolveSibling(sections.group(2))) + sections.group(3);
      sections.appendReplacement(renewed, Matcher.quoteReplacement(section));
    }
    return sections.appendTail(renewed).toString();
  }

  private static String of(Path file) throws IOException {
    JsonNode run = BenchFormat.read(file);
    String suite = run.path("suite").asText();
    return switch (suite) {
      case "overhead" -> OverheadMarkdown.of(BenchFormat.read(file, "overhead", OverheadRun.class));
      case "training" ->
          TrainingMarkdown.of(BenchFormat.read(file, "training", TrainingCosts.class));
      case "accuracy" -> AccuracyMarkdown.of(BenchFormat.read(file, "accuracy", AccuracyRun.class));
      case "kernels" -> KernelMarkdown.of(run);
      case "jmh" -> JmhMarkdown.of(BenchFormat.read(file, "jmh", JmhRun.class));
      default -> throw new IOException(file + ": no sections for suite " + suite);
    };
  }
}
