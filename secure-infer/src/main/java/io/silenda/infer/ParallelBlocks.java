package io.silenda.infer;

import io.silenda.he.Ciphertext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinTask;
import java.util.function.IntFunction;

/**
 * Computes several ciphertexts that do not depend on each other, at once where the caller is a
 * thread of a fork-join pool that has others free.
 */
final class ParallelBlocks {
  private ParallelBlocks() {}

  /** The results in order; the caller closes them. If one fails, none is left open. */
  static List<Ciphertext> compute(int count, IntFunction<Ciphertext> block) {
    return computeAll(count, index -> List.of(block.apply(index))).stream()
        .map(alone -> alone.get(0))
        .toList();
  }

  /** The same where each turn has several results. */
  static List<List<Ciphertext>> computeAll(int count, IntFunction<List<Ciphertext>> blocks) {
    List<ForkJoinTask<List<Ciphertext>>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int index = i;
      tasks.add(ForkJoinTask.adapt(() -> blocks.apply(index)));
    }
    try {
      start(tasks);
      return tasks.stream().map(ForkJoinTask::join).toList();
    } catch (RuntimeException | Error e) {
      for (ForkJoinTask<List<Ciphertext>> task : tasks) {
        task.quietlyJoin();
        if (task.isCompletedNormally()) {
          task.join().forEach(Ciphertext::close);
        }
      }
      throw e;
    }
  }

  private static void start(List<ForkJoinTask<List<Ciphertext>>> tasks) {
    if (tasks.size() > 1 && ForkJoinTask.inForkJoinPool()) {
      tasks.subList(1, tasks.size()).forEach(ForkJoinTask::fork);
      tasks.get(0).invoke();
    } else {
      for (ForkJoinTask<List<Ciphertext>> task : tasks) {
        task.quietlyInvoke();
        if (task.isCompletedAbnormally()) {
          // Those not begun never begin; joining reports the first failure.
          tasks.forEach(each -> each.cancel(false));
          return;
        }
      }
    }
  }
}
