package io.silenda.infer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What each layer took for the ciphertexts answered last. Thread-safe. */
final class LayerClock {
  /** A server runs for long: older times are forgotten. */
  private static final int MOST_CIPHERTEXTS = 1000;

  private final Deque<double[]> millis = new ArrayDeque<>();

  synchronized void add(double[] ofEachLayer) {
    if (millis.size() == MOST_CIPHERTEXTS) {
      millis.removeFirst();
    }
    millis.addLast(ofEachLayer.clone());
  }

  /** The middle time of each layer; empty before the first ciphertext. */
  synchronized List<Double> medians() {
    List<Double> medians = new ArrayList<>();
    int layers = millis.isEmpty() ? 0 : millis.getFirst().length;
    for (int layer = 0; layer < layers; layer++) {
      int index = layer;
      double[] sorted = millis.stream().mapToDouble(each -> each[index]).sorted().toArray();
      medians.add(sorted[sorted.length / 2]);
    }
    return medians;
  }
}
