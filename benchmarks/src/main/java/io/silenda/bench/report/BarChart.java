package io.silenda.bench.report;

import java.util.List;
import java.util.Locale;

/** Horizontal bars as an SVG picture that stands in the page itself. */
final class BarChart {
  private static final int LABEL_WIDTH = 430;
  private static final int BAR_WIDTH = 380;
  private static final int VALUE_WIDTH = 90;
  private static final int ROW_HEIGHT = 22;

  /**
   * One bar.
   *
   * @param label what it stands for
   * @param value its length
   * @param low the lower end of its spread
   * @param high the upper end of its spread
   * @param text what is written at its end
   * @param faint whether it is drawn faintly, as it is uncertain
   */
  record Bar(String label, double value, double low, double high, String text, boolean faint) {}

  private BarChart() {}

  /**
   * Draws the bars from zero to the longest.
   *
   * @param marker where a vertical line stands, such as 1 for a ratio
   */
  static String svg(String title, List<Bar> bars, double marker) {
    double longest = Math.max(marker, bars.stream().mapToDouble(Bar::high).max().orElse(1));
    int height = bars.size() * ROW_HEIGHT + 8;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"%s\""
                + " viewBox=\"0 0 %d %d\">%n",
            Html.escape(title),
            LABEL_WIDTH + BAR_WIDTH + VALUE_WIDTH,
            height));
    for (int row = 0; row < bars.size(); row++) {
      appendBar(svg, bars.get(row), 4 + row * ROW_HEIGHT, BAR_WIDTH / longest);
    }
    double line = LABEL_WIDTH + marker * BAR_WIDTH / longest;
    svg.append(
        String.format(
            Locale.ROOT,
            "<line class=\"marker\" x1=\"%.1f\" y1=\"0\" x2=\"%.1f\" y2=\"%d\"/>%n",
            line,
            line,
            height));
    return svg.append("</svg>\n").toString();
  }

  private static void appendBar(StringBuilder svg, Bar bar, int top, double unit) {
    int middle = top + ROW_HEIGHT / 2;
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                + "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>"
                + "<line class=\"spread\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>"
                + "<text x=\"%.1f\" y=\"%d\">%s</text>%n",
            LABEL_WIDTH - 8,
            middle + 4,
            Html.escape(bar.label()),
            bar.faint() ? "bar faint" : "bar",
            LABEL_WIDTH,
            top + 3,
            bar.value() * unit,
            ROW_HEIGHT - 6,
            LABEL_WIDTH + bar.low() * unit,
            middle,
            LABEL_WIDTH + bar.high() * unit,
            middle,
            LABEL_WIDTH + bar.high() * unit + 6,
            middle + 4,
            Html.escape(bar.text())));
  }
}
