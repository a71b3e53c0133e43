package io.silenda.bench.measure;

/**
 * Something whose duration is measured, in processor time of the thread that does it: programs that
 * take turns with it on the processor do not count.
 */
@FunctionalInterface
public interface Timed {
  /**
   * Does it that many times in turn.
   *
   * @return nanoseconds of all of them together
   */
  long nanos(int repetitions);

  /** An action of the calling thread alone, with the clock around it. */
  static Timed of(Runnable action) {
    return repetitions -> {
      long start = ThreadClock.nanos();
      for (int i = 0; i < repetitions; i++) {
        action.run();
      }
      return ThreadClock.nanos() - start;
    };
  }
}
