package io.silenda.infer.schedule;

import java.util.List;

/**
 * What the noise model predicts for each tensor of a program.
 *
 * @param deviations standard deviation of the noise that joins each tensor, the input's first, then
 *     each step's result; what comes from before is not counted again
 * @param gains by how much an error in each tensor grows on its way to the answer, at most, on the
 *     sample rows
 * @param sharedDeviation standard deviation of the part of an answer's error that is the same in
 *     all answers under one key, in the worst slot
 * @param worstDeviation standard deviation of an answer's error, in the worst slot of every tensor
 */
public record NoiseForecast(
    List<Double> deviations, List<Double> gains, double sharedDeviation, double worstDeviation) {
  /** Exceeded by one value in 150,000. */
  private static final double BOUND_DEVIATIONS = 4.5;

  /** Copies the lists. */
  public NoiseForecast {
    deviations = List.copyOf(deviations);
    gains = List.copyOf(gains);
  }

  /** What the noise that joins a tensor makes of the answer: four standard deviations. */
  public double answerError(int tensor) {
    return SchedulePass.DEVIATIONS * deviations.get(tensor) * gains.get(tensor);
  }

  /** What no answer's error from encryption exceeds, for the report. */
  public double bound() {
    return BOUND_DEVIATIONS * worstDeviation;
  }

  /** The same forecast with noise of another size, for tests. */
  public NoiseForecast scaled(double factor) {
    return new NoiseForecast(
        deviations.stream().map(deviation -> deviation * factor).toList(),
        gains,
        sharedDeviation * factor,
        worstDeviation * factor);
  }
}
