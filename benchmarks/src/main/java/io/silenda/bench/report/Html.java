package io.silenda.bench.report;

import java.util.List;
import java.util.stream.Collectors;

/** Pieces of a page. Stateless. */
public final class Html {
  /** Tables of more columns hold figures, which do not break into lines. */
  private static final int NARROW = 7;

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

  /** A table of {@link Markdown}. */
  static String ofMarkdown(String table) {
    List<List<String>> lines =
        table.lines().map(line -> List.of(line.split(" ?(?<!\\\\)\\| ?", -1))).toList();
    List<List<String>> rows =
        lines.stream()
            .map(cells -> cells.subList(1, cells.size() - 1))
            .map(cells -> cells.stream().map(cell -> cell.replace("\\|", "|")).toList())
            .toList();
    String kind = rows.get(0).size() > NARROW ? "table figures" : "table";
    return "<div class=\""
        + kind
        + "\">"
        + table(rows.get(0), rows.subList(2, rows.size()))
        + "</div>\n";
  }

  private static String cells(String tag, List<String> cells) {
    return cells.stream()
        .map(cell -> "<" + tag + ">" + escape(cell) + "</" + tag + ">")
        .collect(Collectors.joining());
  }
}
