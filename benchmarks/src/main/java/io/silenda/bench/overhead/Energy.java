package io.silenda.bench.overhead;

/**
 * Energy of a request.
 *
 * @param joulesPerRequest client and server together
 * @param source {@code rapl} where the processor's counter was read, else {@code estimate}
 * @param basis how an estimate was made; empty where it was measured
 */
public record Energy(double joulesPerRequest, String source, String basis) {

  static Energy measured(double joules, int requests) {
    return new Energy(joules / requests, "rapl", "");
  }

  static Energy estimated(double cpuNanos, int requests, double wattsPerCore) {
    return new Energy(
        cpuNanos * 1e-9 * wattsPerCore / requests,
        "estimate",
        "processor time of all threads, times " + wattsPerCore + " W a busy core (assumed)");
  }
}
