package io.silenda.bench.report;

import io.silenda.bench.chart.Picture;
import io.silenda.bench.overhead.OverheadRun;
import io.silenda.bench.training.TrainingCosts;
import java.util.List;
import java.util.stream.Collectors;

/** Runs as pages that load nothing from elsewhere. */
public final class OverheadHtml {
  private OverheadHtml() {}

  /** The page. */
  public static String page(OverheadRun run, List<Picture> pictures) {
    return Page.of(
        "What privacy costs",
        "<p class=\"lead\">"
            + Html.escape(OverheadMarkdown.machine(run.machine(), run.taken(), run.quick()))
            + "</p>\n<p>Requests of one row. Every backend has a process of its own, and all"
            + " answer in turns, so that what slows the machine down slows each. Every figure's"
            + " samples are in <code>overhead.json</code>.</p>\n<div class=\"charts\">\n"
            + pictures.stream().map(OverheadHtml::figure).collect(Collectors.joining())
            + "</div>\n"
            + networks(run)
            + section(
                "How cost grows", run.growth().isEmpty(), OverheadMarkdown.growth(run.growth()))
            + section(
                "Emulated devices",
                run.devices().isEmpty(),
                OverheadMarkdown.devices(run.devices()))
            + section(
                "Other libraries, in the same run",
                run.peers().isEmpty(),
                OverheadMarkdown.peers(run))
            + section(
                "Left out", run.leftOut().isEmpty(), OverheadMarkdown.leftOut(run.leftOut())));
  }

  /** The page of a run of the training suite. */
  static String training(TrainingCosts run, List<Picture> pictures) {
    return Page.of(
        "What privacy costs in training",
        "<p class=\"lead\">"
            + Html.escape(OverheadMarkdown.machine(run.machine(), run.taken(), run.quick()))
            + "</p>\n<div class=\"charts\">\n"
            + pictures.stream().map(OverheadHtml::figure).collect(Collectors.joining())
            + "</div>\n<h2>Figures</h2>\n"
            + Html.ofMarkdown(TrainingMarkdown.costs(run))
            + section("A step", run.steps().isEmpty(), TrainingMarkdown.steps(run))
            + section("Other libraries", run.peers().isEmpty(), TrainingMarkdown.peers(run))
            + section(
                "Left out", run.leftOut().isEmpty(), OverheadMarkdown.leftOut(run.leftOut())));
  }

  private static String networks(OverheadRun run) {
    if (run.entries().isEmpty()) {
      return "";
    }
    return "<h2>Accuracy and latency</h2>\n"
        + Html.ofMarkdown(OverheadMarkdown.speed(run))
        + "<h2>Bytes, energy, memory</h2>\n"
        + Html.ofMarkdown(OverheadMarkdown.weight(run))
        + "<p>"
        + Html.escape(OverheadMarkdown.notes(run))
        + "</p>\n<h2>Who learns what</h2>\n"
        + Html.ofMarkdown(OverheadMarkdown.privacy(run));
  }

  private static String section(String title, boolean empty, String markdown) {
    return empty ? "" : "<h2>" + Html.escape(title) + "</h2>\n" + Html.ofMarkdown(markdown);
  }

  private static String figure(Picture picture) {
    return "<figure id=\""
        + Html.escape(picture.name())
        + "\"><h3>"
        + Html.escape(picture.title())
        + "</h3>"
        + picture.svgElement()
        + "<figcaption>"
        + Html.escape(picture.caption())
        + "</figcaption></figure>\n";
  }
}
