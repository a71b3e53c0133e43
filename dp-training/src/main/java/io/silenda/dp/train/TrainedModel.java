package io.silenda.dp.train;

import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.network.Weights;
import java.util.Optional;

/**
 * A trained network and what may be said of it.
 *
 * @param network its layers
 * @param weights weights of the last step
 * @param averagedWeights exponential moving average, where asked for
 * @param privacy the guarantee for both
 * @param state to go on from
 */
public record TrainedModel(
    NetworkSpec network,
    Weights weights,
    Optional<Weights> averagedWeights,
    PrivacyStatement privacy,
    TrainingState state) {
  /** The averaged weights where there are some, else the last ones. */
  public Weights best() {
    return averagedWeights.orElse(weights);
  }
}
