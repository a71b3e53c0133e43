package io.silenda.bench.compare;

/**
 * What the gate says of one operation.
 *
 * @param operation with its parameters
 * @param slowdown mean ratio of the old run over that of the new one: above 1 is slower
 * @param low lower end of a 95 % interval of the slowdown
 * @param high upper end
 * @param pValue probability of samples like these, were it not slower than allowed
 * @param regression whether it is an alarm, after correction for the number of operations
 */
public record Finding(
    String operation,
    double slowdown,
    double low,
    double high,
    double pValue,
    boolean regression) {}
