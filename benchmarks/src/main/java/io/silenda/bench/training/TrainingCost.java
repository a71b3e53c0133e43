package io.silenda.bench.training;

import io.silenda.bench.measure.SampleSet;
import java.util.Map;

/**
 * One way to train.
 *
 * @param operation always {@code training}
 * @param parameters epsilon and clipping
 * @param epsilon of the whole run; negative without privacy
 * @param delta that goes with it
 * @param noiseMultiplier deviation of the noise over the clipping norm
 * @param accuracy on fresh records, one value a round
 * @param nanos of a whole training, one a round
 * @param samplesPerSecond median
 * @param ratio how many times as fast as training without privacy, round by round
 * @param noisy whether the ratio is too noisy to rely on
 */
public record TrainingCost(
    String operation,
    Map<String, String> parameters,
    double epsilon,
    double delta,
    double noiseMultiplier,
    SampleSet accuracy,
    SampleSet nanos,
    double samplesPerSecond,
    SampleSet ratio,
    boolean noisy) {

  /** Copies the map. */
  public TrainingCost {
    parameters = Map.copyOf(parameters);
  }

  /** Its name in charts and tables. */
  public String title() {
    return parameters.getOrDefault("privacy", "") + ", " + parameters.getOrDefault("clipping", "");
  }
}
