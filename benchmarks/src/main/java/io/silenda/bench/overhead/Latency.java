package io.silenda.bench.overhead;

import io.silenda.bench.measure.SampleSet;

/**
 * Durations of requests of one row, in nanoseconds.
 *
 * @param setup of everything that is done once
 * @param cold of the first request of a fresh process
 * @param warm of later ones
 * @param p50 of the warm ones
 * @param p95 of the warm ones
 * @param p99 of the warm ones; the largest where there are fewer than a hundred
 */
public record Latency(
    SampleSet setup, SampleSet cold, SampleSet warm, double p50, double p95, double p99) {

  static Latency of(SampleSet setup, SampleSet cold, SampleSet warm) {
    return new Latency(
        setup, cold, warm, warm.quantile(0.5), warm.quantile(0.95), warm.quantile(0.99));
  }
}
