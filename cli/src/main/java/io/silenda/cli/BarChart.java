package io.silenda.cli;

import io.silenda.bench.report.Html;
import java.util.List;
import java.util.Locale;

/** Horizontal bars as inline SVG, one for each name. */
final class BarChart {
  private static final int WIDTH = 760;
  private static final int LABEL_WIDTH = 230;
  private static final int VALUE_WIDTH = 90;
  private static final int ROW_HEIGHT = 22;
  private static final int MAX_LABEL = 30;

  private BarChart() {}

  static String svg(String title, List<String> names, List<Double> values) {
    double largest = values.stream().mapToDouble(value -> value).max().orElse(0);
    int height = ROW_HEIGHT * (names.size() + 1);
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<h3>%s</h3><svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" aria-label=\"%s\">%n",
            Html.escape(title),
            WIDTH,
            height,
            WIDTH,
            Html.escape(title)));
    for (int i = 0; i < names.size(); i++) {
      svg.append(bar(names.get(i), values.get(i), largest, ROW_HEIGHT * i));
    }
    return svg.append("</svg>\n").toString();
  }

  private static String bar(String name, double value, double largest, int top) {
    double room = WIDTH - LABEL_WIDTH - VALUE_WIDTH;
    double width = largest > 0 ? room * value / largest : 0;
    return String.format(
        Locale.ROOT,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
            + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#3b7dd8\"/>"
            + "<text x=\"%.1f\" y=\"%d\">%.3g</text>%n",
        LABEL_WIDTH - 8,
        top + 16,
        Html.escape(shortened(name)),
        LABEL_WIDTH,
        top + 4,
        width,
        ROW_HEIGHT - 6,
        LABEL_WIDTH + width + 6,
        top + 16,
        value);
  }

  private static String shortened(String name) {
    return name.length() <= MAX_LABEL ? name : name.substring(0, MAX_LABEL - 1) + "…";
  }
}
