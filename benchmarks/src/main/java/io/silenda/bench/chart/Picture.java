package io.silenda.bench.chart;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.internal.chartpart.Chart;

/** A drawn chart: what it is called, what it says, and itself. */
public final class Picture {
  private final String name;
  private final String title;
  private final String caption;
  private final Chart<?, ?> chart;

  /**
   * @param name of its files
   * @param caption what to see in it
   */
  Picture(String name, String title, String caption, Chart<?, ?> chart) {
    this.name = name;
    this.title = title;
    this.caption = caption;
    this.chart = chart;
  }

  /** Name of its files, without an ending. */
  public String name() {
    return name;
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** What to see in it. */
  public String caption() {
    return caption;
  }

  /** An SVG element for a page. */
  public String svgElement() {
    String document = new String(encoded("svg"), StandardCharsets.UTF_8);
    // Names inside are made the chart's own: one page holds many.
    return document
        .substring(document.indexOf("<svg"))
        .replaceAll("\\bid=\"", "id=\"" + name + "-")
        .replace("url(#", "url(#" + name + "-");
  }

  /** A file of a kind: {@code svg} or {@code png}. */
  public byte[] encoded(String kind) {
    System.setProperty("java.awt.headless", "true");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ChartEncoder.saveChart(chart, bytes, kind);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
