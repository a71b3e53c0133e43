package io.silenda.bench.report;

import java.util.List;
import java.util.stream.Collectors;

/** Pieces of a page. Stateless. */
public final class Html {
  private Html() {}

  /** Text as it may stand between tags and in quoted attributes. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A table of plain text. */
  public static String table(List<String> head, List<List<String>> rows) {
    return "<table><tr>"
        + cells("th", head)
        + "</tr>\n"
        + rows.stream()
            .map(row -> "<tr>" + cells("td", row) + "</tr>\n")
            .collect(Collectors.joining())
        + "</table>\n";
  }

  private static String cells(String tag, List<String> cells) {
    return cells.stream()
        .map(cell -> "<" + tag + ">" + escape(cell) + "</" + tag + ">")
        .collect(Collectors.joining());
  }
}
