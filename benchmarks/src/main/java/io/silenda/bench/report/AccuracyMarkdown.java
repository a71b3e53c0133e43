package io.silenda.bench.report;

import io.silenda.bench.accuracy.AccuracyCase;
import io.silenda.bench.accuracy.AccuracyResult;
import io.silenda.bench.accuracy.AccuracyRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A run of the accuracy suite as Markdown: a row for each trainer and case, with every seed. */
public final class AccuracyMarkdown {
  private AccuracyMarkdown() {}

  /** All of it. */
  public static String of(AccuracyRun run) {
    return OverheadMarkdown.machine(run.machine(), run.taken(), run.quick())
        + "\n"
        + Markdown.table(
            List.of(
                "trainer",
                "network",
                "epsilon",
                "noise",
                "right, mean",
                "seeds",
                "each seed",
                "processor time",
                "epochs, batch, rate, clip"),
            rows(run));
  }

  private static List<List<String>> rows(AccuracyRun run) {
    List<List<String>> rows = new ArrayList<>();
    List<String> trainers =
        run.entries().stream().map(AccuracyResult::trainer).distinct().sorted().toList();
    for (AccuracyCase one : run.plan().cases()) {
      for (String trainer : trainers) {
        List<AccuracyResult> seeds =
            run.entries().stream()
                .filter(
                    each ->
                        each.trainer().equals(trainer)
                            && each.network().equals(one.network())
                            && each.epsilon() == one.epsilon())
                .toList();
        if (!seeds.isEmpty()) {
          rows.add(row(trainer, one, seeds));
        }
      }
    }
    return rows;
  }

  private static List<String> row(String trainer, AccuracyCase one, List<AccuracyResult> seeds) {
    return List.of(
        trainer,
        one.network(),
        Units.significant(one.epsilon()),
        Units.significant(seeds.get(0).noiseMultiplier()),
        percent(seeds.stream().mapToDouble(AccuracyResult::accuracy).average().orElse(0)),
        String.valueOf(seeds.size()),
        seeds.stream().map(each -> percent(each.accuracy())).collect(Collectors.joining(", ")),
        Units.significant(seeds.stream().mapToDouble(AccuracyResult::seconds).average().orElse(0))
            + " s",
        String.format(
            Locale.ROOT,
            "%d, %.0f, %s, %s",
            one.epochs(),
            one.batch(),
            one.learningRate(),
            one.clip()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }
}
