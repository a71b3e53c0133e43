package io.silenda.bench.accuracy;

/**
 * A way to train, as {@code benchmarks/peers/accuracy.json} has it; all trainers get the same.
 *
 * @param network {@code cnn} or {@code scattering}
 * @param epsilon of the whole run
 * @param epochs how often each record is expected
 * @param batch expected size
 * @param learningRate constant
 * @param momentum of stochastic gradient descent
 * @param clip norm that each record's gradient is clipped to
 */
public record AccuracyCase(
    String network,
    double epsilon,
    int epochs,
    double batch,
    double learningRate,
    double momentum,
    double clip) {}
