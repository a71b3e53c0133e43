package io.silenda.dp.train;

/** A run that ends in the middle. */
final class Crash {
  private Crash() {}

  /** Throws with the message {@code crash} after a step. */
  static TrainingListener after(long step) {
    return progress -> {
      if (progress.step() == step) {
        throw new IllegalStateException("crash");
      }
    };
  }
}
