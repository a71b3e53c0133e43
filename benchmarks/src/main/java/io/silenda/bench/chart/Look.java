package io.silenda.bench.chart;

import io.silenda.bench.backend.Backend;
import io.silenda.bench.backend.Backends;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Locale;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** How all charts look. */
final class Look {
  static final int WIDTH = 760;
  static final int HEIGHT = 430;
  static final Color INVISIBLE = new Color(255, 255, 255, 0);

  /** Okabe and Ito's colours: apart for colour-blind eyes too. */
  static final Color[] COLOURS = {
    new Color(0x0072B2),
    new Color(0xE69F00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0xD55E00),
    new Color(0x56B4E9),
    new Color(0x6B7280),
  };

  private static final Color INK = new Color(0x1F2937);
  private static final Color GRID = new Color(0xE5E7EB);

  private Look() {}

  /** The same colour for a backend in every chart. */
  static Color ofBackend(String name) {
    int index = 0;
    for (Backend backend : Backends.all()) {
      if (backend.name().equals(name)) {
        return COLOURS[index % COLOURS.length];
      }
      index++;
    }
    return COLOURS[COLOURS.length - 1];
  }

  static XYChart xy(String x, String y) {
    XYChart chart =
        new XYChartBuilder().width(WIDTH).height(HEIGHT).xAxisTitle(x).yAxisTitle(y).build();
    style(chart.getStyler());
    chart.getStyler().setMarkerSize(10);
    return chart;
  }

  static CategoryChart bars(String x, String y) {
    CategoryChart chart =
        new CategoryChartBuilder().width(WIDTH).height(HEIGHT).xAxisTitle(x).yAxisTitle(y).build();
    style(chart.getStyler());
    chart.getStyler().setAvailableSpaceFill(0.7);
    return chart;
  }

  private static void style(AxesChartStyler styler) {
    styler.setChartTitleVisible(false);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setChartFontColor(INK);
    styler.setAxisTickLabelsColor(INK);
    styler.setAxisTickMarksColor(GRID);
    styler.setAxisTitleFont(font(Font.PLAIN, 13));
    styler.setAxisTickLabelsFont(font(Font.PLAIN, 12));
    styler.setLegendFont(font(Font.PLAIN, 12));
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendBackgroundColor(Color.WHITE);
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setSeriesColors(COLOURS);
    styler.setLocale(Locale.ROOT);
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  /** A tick of a logarithmic axis: whole powers of ten and no more. */
  static String number(double value) {
    if (value >= 1e4 || value < 1e-2) {
      return String.format(Locale.ROOT, "1e%d", Math.round(Math.log10(value)));
    }
    return value >= 1
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.2g", value);
  }

  /** Labels at whole numbers only. */
  static void wholeNumbers(AxesChartStyler styler) {
    styler.setXAxisTickMarkSpacingHint(40);
    styler.setXAxisTickLabelsFormattingFunction(
        value ->
            Math.abs(value - Math.rint(value)) < 1e-6
                ? String.format(Locale.ROOT, "%.0f", value)
                : " ");
  }

  static void logarithmic(AxesChartStyler styler, boolean x, boolean y) {
    styler.setXAxisLogarithmic(x);
    styler.setYAxisLogarithmic(y);
    if (x) {
      styler.setXAxisLogarithmicDecadeOnly(true);
      styler.setXAxisTickLabelsFormattingFunction(Look::number);
    }
    if (y) {
      styler.setYAxisLogarithmicDecadeOnly(true);
      styler.setYAxisTickLabelsFormattingFunction(Look::number);
    }
  }
}
