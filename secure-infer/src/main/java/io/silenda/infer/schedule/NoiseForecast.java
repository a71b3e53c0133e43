package io.silenda.infer.schedule;

import java.util.ArrayList;
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
 * @param bound what no answer's error from encryption exceeds, for the report
 */
public record NoiseForecast(
    List<Double> deviations, List<Double> gains, double sharedDeviation, double bound) {
  /** Copies the lists. */
  public NoiseForecast {
    deviations = List.copyOf(deviations);
    gains = List.copyOf(gains);
  }

  /** What the noise that joins a tensor makes of the answer: four standard deviations. */
  public double answerError(int tensor) {
    return SchedulePass.DEVIATIONS * deviations.get(tensor) * gains.get(tensor);
  }

  /** The same forecast with noise of this deviation in each answer. */
  NoiseForecast flooded(double deviation) {
    if (deviation == 0) {
      return this;
    }
    List<Double> joined = new ArrayList<>(deviations);
    int answer = joined.size() - 1;
    joined.set(answer, Math.hypot(joined.get(answer), deviation));
    return new NoiseForecast(
        joined, gains, sharedDeviation, bound + NoiseModel.BOUND_DEVIATIONS * deviation);
  }

  /** The same forecast with noise of another size, for tests. */
  public NoiseForecast scaled(double factor) {
    return new NoiseForecast(
        deviations.stream().map(deviation -> deviation * factor).toList(),
        gains,
        sharedDeviation * factor,
        bound * factor);
  }
}
