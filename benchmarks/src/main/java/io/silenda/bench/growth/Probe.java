package io.silenda.bench.growth;

/** One point that is measured again and again. Whoever opens it closes it. */
interface Probe extends AutoCloseable {
  /** Where on the axis. */
  double x();

  /** What it is besides. */
  String label();

  /** Does it once, and says how long it took. */
  double nanos() throws Exception;

  @Override
  void close();
}
