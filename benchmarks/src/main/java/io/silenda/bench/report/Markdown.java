package io.silenda.bench.report;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Pieces of a Markdown text. */
final class Markdown {
  private Markdown() {}

  static String table(List<String> head, List<List<String>> rows) {
    return line(head)
        + line(Collections.nCopies(head.size(), "---"))
        + rows.stream().map(Markdown::line).collect(Collectors.joining());
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|").replaceAll("\\p{Cntrl}", " "))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
