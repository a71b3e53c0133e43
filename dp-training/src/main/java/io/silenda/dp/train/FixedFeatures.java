package io.silenda.dp.train;

import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.network.TensorShape;
import io.silenda.dp.scattering.ScatteringTransform;
import java.util.Arrays;
import java.util.Optional;

/**
 * Records with the fixed features of a network in front of them, computed when first asked for and
 * kept: four bytes for each number of {@link NetworkSpec#behindFeatures}'s input and record. Give
 * one to several runs to compute features once. Each record's features depend on that record alone.
 *
 * <p>Not thread-safe; its owner closes it.
 */
public final class FixedFeatures implements TrainingData, AutoCloseable {
  private static final float[] NONE = {};

  private final NetworkSpec network;
  private final TrainingData data;
  private final ScatteringTransform transform;
  private final float[] record;
  private final int length;
  private final float[][] kept;

  /**
   * Features of records for a network.
   *
   * @throws IllegalArgumentException if the network begins with no fixed features
   */
  public FixedFeatures(NetworkSpec network, TrainingData data) {
    this.network = network;
    this.data = data;
    transform =
        ScatteringTransform.of(
            network
                .features()
                .orElseThrow(
                    () -> new IllegalArgumentException("network begins with no fixed features")),
            network.input());
    TensorShape input = network.input();
    record = new float[input.elements()];
    length = transform.output().elements();
    kept = new float[data.recordCount()][];
    Arrays.fill(kept, NONE);
  }

  /** These data, if they are the features that a network begins with. */
  static Optional<FixedFeatures> in(TrainingData data, NetworkSpec network) {
    return data instanceof FixedFeatures features && features.fit(network)
        ? Optional.of(features)
        : Optional.empty();
  }

  private boolean fit(NetworkSpec other) {
    return other.features().equals(network.features()) && other.input().equals(network.input());
  }

  /** Writes a record's features, channels first. */
  void copyFeatures(int index, float[] buffer, int offset) {
    if (kept[index].length == 0) {
      data.copyRecord(index, record, 0);
      kept[index] = new float[length];
      transform.apply(record, kept[index], 0);
    }
    System.arraycopy(kept[index], 0, buffer, offset, length);
  }

  /** Writes features that are not kept. */
  void apply(float[] row, float[] buffer, int offset) {
    transform.apply(row, buffer, offset);
  }

  @Override
  public int recordCount() {
    return data.recordCount();
  }

  @Override
  public void copyRecord(int index, float[] buffer, int offset) {
    data.copyRecord(index, buffer, offset);
  }

  @Override
  public float label(int index) {
    return data.label(index);
  }

  @Override
  public void copyTarget(int index, float[] buffer, int offset) {
    data.copyTarget(index, buffer, offset);
  }

  @Override
  public void close() {
    transform.close();
  }
}
