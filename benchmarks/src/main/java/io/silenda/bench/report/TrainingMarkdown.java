package io.silenda.bench.report;

import io.silenda.bench.training.StepCost;
import io.silenda.bench.training.TrainingCost;
import io.silenda.bench.training.TrainingCosts;
import java.util.List;

/** A run of the training suite as Markdown. */
public final class TrainingMarkdown {
  private TrainingMarkdown() {}

  /** All of it. */
  public static String of(TrainingCosts run) {
    StringBuilder text = new StringBuilder();
    text.append(OverheadMarkdown.machine(run.machine(), run.taken(), run.quick())).append('\n');
    text.append(costs(run)).append('\n');
    if (!run.steps().isEmpty()) {
      text.append(steps(run)).append('\n');
    }
    if (!run.peers().isEmpty()) {
      text.append(peers(run)).append('\n');
    }
    if (!run.leftOut().isEmpty()) {
      text.append(OverheadMarkdown.leftOut(run.leftOut()));
    }
    return text.toString();
  }

  static String costs(TrainingCosts run) {
    return Markdown.table(
        List.of(
            "privacy",
            "clipping",
            "epsilon",
            "delta",
            "noise",
            "right on fresh records",
            "samples a second",
            "times the time without"),
        run.entries().stream().map(TrainingMarkdown::row).toList());
  }

  private static List<String> row(TrainingCost cost) {
    boolean isPrivate = cost.epsilon() >= 0;
    return List.of(
        cost.parameters().getOrDefault("privacy", ""),
        cost.parameters().getOrDefault("clipping", ""),
        isPrivate ? Units.significant(cost.epsilon()) : "infinite",
        isPrivate ? Units.significant(cost.delta()) : "–",
        isPrivate ? Units.significant(cost.noiseMultiplier()) : "–",
        Units.percent(cost.accuracy().median()),
        Units.significant(cost.samplesPerSecond()),
        Units.significant(1 / cost.ratio().median()) + (cost.noisy() ? " (noisy)" : ""));
  }

  static String steps(TrainingCosts run) {
    return Markdown.table(
        List.of("step on", "batch", "samples a second, plain", "private", "times the time without"),
        run.steps().stream().map(TrainingMarkdown::row).toList());
  }

  private static List<String> row(StepCost cost) {
    return List.of(
        cost.parameters().getOrDefault("network", ""),
        cost.parameters().getOrDefault("batch", ""),
        Units.significant(1e9 / cost.plainNanos().median()),
        Units.significant(1e9 / cost.privateNanos().median()),
        Units.significant(1 / cost.ratio().median()) + (cost.noisy() ? " (noisy)" : ""));
  }

  static String peers(TrainingCosts run) {
    return Markdown.table(
        List.of("peer", "what", "on", "median", "detail"),
        run.peers().stream()
            .map(
                peer ->
                    List.of(
                        peer.peer() + " " + peer.version(),
                        peer.operation(),
                        peer.model(),
                        Units.nanos(peer.nanos().median()),
                        peer.detail()))
            .toList());
  }
}
