package io.silenda.bench.training;

/**
 * Samples a second of thread CPU time, medians over rounds.
 *
 * @param plain without privacy
 * @param priv with clipping and noise
 * @param overhead median of the ratio, round by round, of a private to a plain step's time
 */
public record TrainingMeasurement(
    TrainingCase name, int batch, double plain, double priv, double overhead) {}
