package io.silenda.bench.training;

import io.silenda.bench.measure.SampleSet;
import java.util.Map;

/**
 * A step of training on one network. Times are processor time of the one thread that trains, for a
 * record of the batch; one sample a round.
 *
 * @param operation always {@code step}
 * @param parameters network and expected batch size
 * @param plainNanos without privacy
 * @param privateNanos with clipping and noise
 * @param ratio how many times as fast as a plain step a private one is, round by round
 * @param noisy whether the ratio is too noisy to rely on
 */
public record StepCost(
    String operation,
    Map<String, String> parameters,
    SampleSet plainNanos,
    SampleSet privateNanos,
    SampleSet ratio,
    boolean noisy) {

  /** Copies the map. */
  public StepCost {
    parameters = Map.copyOf(parameters);
  }
}
