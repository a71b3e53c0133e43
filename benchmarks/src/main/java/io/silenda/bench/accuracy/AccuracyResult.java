package io.silenda.bench.accuracy;

/**
 * One trained network.
 *
 * @param trainer who trained, with its version
 * @param network as in {@link AccuracyCase}
 * @param epsilon of the run
 * @param seed of initial weights
 * @param noiseMultiplier that the trainer's accountant found
 * @param accuracy share of right answers
 * @param seconds of processor time, features included
 */
public record AccuracyResult(
    String trainer,
    String network,
    double epsilon,
    int seed,
    double noiseMultiplier,
    double accuracy,
    double seconds) {}
