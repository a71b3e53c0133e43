package io.silenda.infer;

/** Elapsed time in milliseconds. */
final class Stopwatch {
  private Stopwatch() {}

  static double millisSince(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e6;
  }
}
