package io.silenda.infer;

/** Is told how far a long run has come. Called from any thread. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress NONE = (phase, done, total) -> {};

  /**
   * A step is done.
   *
   * @param phase what is being done, for people
   * @param done steps done so far
   * @param total steps in all
   */
  void update(String phase, int done, int total);
}
