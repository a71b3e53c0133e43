package io.silenda.infer.schedule;

import io.silenda.he.SecurityTable;
import io.silenda.infer.packing.Stage;
import io.silenda.infer.packing.StageGraph;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Why no parameters hold a network, and what would help. */
final class Refusal {
  /** Bits of a prime that rounding and key switching use up in the largest ring. */
  private static final double NOISE_BITS = 16;

  /** Fewer bits a level answer nothing in the largest ring. */
  private static final double MIN_BITS = 28;

  private static final int MAX_PRIME_BITS = 50;
  private static final int LAYERS_NAMED = 3;

  private Refusal() {}

  /**
   * The reason in one line.
   *
   * @param answerRange largest answer seen
   * @param maxError error asked for
   */
  static String reason(StageGraph graph, double answerRange, double maxError) {
    int slots = SchedulePass.LARGEST_DEGREE / 2;
    int[] sizes = graph.sizes();
    int largest = Math.max(sizes[0], sizes[sizes.length - 1]);
    if (largest > slots) {
      return String.format(
          Locale.ROOT,
          "its input or answer has %d values, one ciphertext holds at most %d: make them smaller",
          largest,
          slots);
    }
    int needed = graph.levels().depth();
    double ratio = answerRange / maxError;
    int possible = levels(ratio >= 1 && ratio <= Double.MAX_VALUE ? NoiseModel.log2(ratio) : 0);
    return needed > possible ? tooDeep(graph, needed, possible) : tooPrecise(needed, maxError);
  }

  /** About how many levels there are for answers of so many bits. */
  static int levels(double answerBits) {
    double bits = Math.max(MIN_BITS, Math.min(MAX_PRIME_BITS, NOISE_BITS + answerBits));
    double rest = SecurityTable.maxModulusBits(SchedulePass.LARGEST_DEGREE) - 2.0 * MAX_PRIME_BITS;
    return (int) Math.min(SchedulePass.MAX_DATA_PRIMES - 1, rest / bits);
  }

  private static String tooDeep(StageGraph graph, int needed, int possible) {
    List<Stage> deepest =
        graph.stages().stream()
            .filter(stage -> !(stage instanceof Stage.Linear) && stage.depth() > 1)
            .sorted(Comparator.comparingInt(Stage::depth).reversed())
            .limit(LAYERS_NAMED)
            .toList();
    String layers =
        deepest.stream()
            .map(stage -> stage.name() + " takes " + stage.depth())
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "it takes %d levels, N=%d has about %d for this error: %d are missing%s; use polynomials of a"
            + " lower degree, squares (one level each), fewer layers, or allow a larger error",
        needed,
        SchedulePass.LARGEST_DEGREE,
        possible,
        needed - possible,
        layers.isEmpty() ? "" : " (" + layers + ")");
  }

  private static String tooPrecise(int needed, double maxError) {
    return String.format(
        Locale.ROOT,
        "its %d levels leave too few bits for an error of %.2g: allow a larger error, or use fewer or"
            + " smaller layers",
        needed,
        maxError);
  }
}
