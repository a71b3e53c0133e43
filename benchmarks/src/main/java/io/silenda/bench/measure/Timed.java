package io.silenda.bench.measure;

/** Something whose duration is measured. */
@FunctionalInterface
public interface Timed {
  /**
   * Does it that many times in turn.
   *
   * @return nanoseconds of all of them together
   */
  long nanos(int repetitions);

  /** An action that the clock runs around. */
  static Timed of(Runnable action) {
    return repetitions -> {
      long start = System.nanoTime();
      for (int i = 0; i < repetitions; i++) {
        action.run();
      }
      return System.nanoTime() - start;
    };
  }
}
