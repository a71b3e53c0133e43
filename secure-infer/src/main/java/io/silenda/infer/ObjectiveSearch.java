package io.silenda.infer;

import io.silenda.infer.cost.CostModel;
import io.silenda.infer.schedule.NativeBytes;
import io.silenda.infer.schedule.SchedulePass;
import io.silenda.infer.schedule.ScheduledProgram;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Looks through batches, rings and ways to lower for the program that suits an objective best. */
final class ObjectiveSearch {
  /** Batches in a row that are no better before larger ones are given up. */
  private static final int PATIENCE = 2;

  private static final int LARGEST_DEGREE = 65536;

  private final Objective objective;
  private final OptionalInt batch;
  private final CostModel costs;

  /**
   * @param batch rows a ciphertext where these are fixed, a power of two
   * @param costs predicts times
   */
  ObjectiveSearch(Objective objective, OptionalInt batch, CostModel costs) {
    this.objective = objective;
    this.batch = batch;
    this.costs = costs;
  }

  /**
   * The best program found.
   *
   * @param first a program that answers within the error asked for, in the smallest ring
   * @param passes what may be scheduled
   */
  Scheduled best(Scheduled first, List<SchedulePass> passes) {
    Optional<Scheduled> best = Optional.empty();
    int smallest = first.program().parameters().polyModulusDegree();
    int largest = paysToGrow(first) ? Math.min(LARGEST_DEGREE, 2 * smallest) : smallest;
    for (SchedulePass pass : passes) {
      for (int degree = smallest; degree <= largest; degree *= 2) {
        best = better(best, bestIn(pass, degree));
      }
    }
    return best.orElse(first);
  }

  /** A larger ring holds more rows, or a tensor that fills several ciphertexts of this one. */
  private boolean paysToGrow(Scheduled first) {
    boolean isSplit = Arrays.stream(first.program().program().blocks()).anyMatch(b -> b > 1);
    return isSplit || (objective == Objective.THROUGHPUT && batch.isEmpty());
  }

  private Optional<Scheduled> bestIn(SchedulePass pass, int degree) {
    Optional<Scheduled> best = Optional.empty();
    int misses = 0;
    for (int rows = smallestBatch(); rows <= largestBatch(degree) && misses < PATIENCE; rows *= 2) {
      Optional<Scheduled> next =
          pass.runIn(degree, rows).map(program -> new Scheduled(pass, program));
      if (next.isEmpty()) {
        return best;
      }
      Optional<Scheduled> better = better(best, next);
      misses = better.equals(best) ? misses + 1 : 0;
      best = better;
    }
    return best;
  }

  private int smallestBatch() {
    return batch.orElse(1);
  }

  private int largestBatch(int degree) {
    return batch.orElse(objective == Objective.LATENCY ? 1 : degree / 2);
  }

  private Optional<Scheduled> better(Optional<Scheduled> best, Optional<Scheduled> other) {
    if (best.isEmpty() || other.isEmpty()) {
      return best.isEmpty() ? other : best;
    }
    return score(other.get().program()) < score(best.get().program()) ? other : best;
  }

  /** Less is better. */
  double score(ScheduledProgram program) {
    return switch (objective) {
      case LATENCY -> costs.millis(program);
      case THROUGHPUT -> costs.millis(program) / program.program().batch();
      case KEYS -> NativeBytes.ofSentKeys(program);
      case MEMORY -> NativeBytes.ofKeys(program) + NativeBytes.ofWeights(program);
    };
  }
}
