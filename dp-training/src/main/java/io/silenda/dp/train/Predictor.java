package io.silenda.dp.train;

import io.silenda.dp.engine.NetworkEngine;
import io.silenda.dp.engine.RowSource;
import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.network.Weights;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Answers of a trained network, before any softmax or sigmoid. Not thread-safe; its owner closes
 * it.
 *
 * <p>Answers to private rows, and any score over them, are private: the guarantee covers the
 * weights alone.
 */
public final class Predictor implements AutoCloseable {
  private static final int MOST_ROWS = 64;

  private final NetworkSpec network;
  private final NetworkEngine engine;
  private final int outputs;

  /** Loads the weights of a network. */
  public Predictor(NetworkSpec network, Weights weights) {
    this.network = network;
    engine = NetworkEngine.of(network.behindFeatures(), MOST_ROWS, 1, false);
    engine.load(weights.values());
    outputs = network.output().elements();
  }

  /** Outputs for all records, one behind the other; labels are not read. */
  public float[] outputs(TrainingData data) {
    if (network.features().isEmpty()) {
      return outputs(data, data::copyRecord);
    }
    Optional<FixedFeatures> kept = FixedFeatures.in(data, network);
    if (kept.isPresent()) {
      return outputs(data, kept.get()::copyFeatures);
    }
    float[] row = new float[network.input().elements()];
    try (FixedFeatures features = new FixedFeatures(network, data)) {
      return outputs(
          data,
          (record, buffer, at) -> {
            data.copyRecord(record, row, 0);
            features.apply(row, buffer, at);
          });
    }
  }

  private float[] outputs(TrainingData data, RowCopy rows) {
    RowSource source = new Records(data, rows);
    int count = data.recordCount();
    float[] all = new float[Math.multiplyExact(count, outputs)];
    for (int first = 0; first < count; first += MOST_ROWS) {
      int[] records = new int[Math.min(MOST_ROWS, count - first)];
      Arrays.setAll(records, indexFrom(first));
      float[] some = engine.outputs(records, source);
      System.arraycopy(some, 0, all, first * outputs, records.length * outputs);
    }
    return all;
  }

  private static IntUnaryOperator indexFrom(int first) {
    return i -> first + i;
  }

  /**
   * Share of records whose label is the largest output; with one output, whose label is its sign.
   */
  public double accuracy(TrainingData data) {
    float[] all = outputs(data);
    int right = 0;
    for (int i = 0; i < data.recordCount(); i++) {
      right += Math.round(data.label(i)) == answer(all, i * outputs) ? 1 : 0;
    }
    return (double) right / data.recordCount();
  }

  private int answer(float[] values, int at) {
    if (outputs == 1) {
      return values[at] > 0 ? 1 : 0;
    }
    int best = 0;
    for (int j = 1; j < outputs; j++) {
      best = values[at + j] > values[at + best] ? j : best;
    }
    return best;
  }

  @Override
  public void close() {
    engine.close();
  }

  private interface RowCopy {
    void copy(int record, float[] buffer, int at);
  }

  private record Records(TrainingData data, RowCopy rows) implements RowSource {
    @Override
    public void copyRow(int record, int view, float[] buffer, int at) {
      rows.copy(record, buffer, at);
    }

    @Override
    public void copyTarget(int record, float[] buffer, int at) {
      data.copyTarget(record, buffer, at);
    }
  }
}
