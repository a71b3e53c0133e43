package io.silenda.bench.overhead;

import java.util.Arrays;
import java.util.List;

/**
 * ONNX Runtime's answers to all rows.
 *
 * @param cores before the client's tail
 * @param outputs the model's first output
 */
record Expected(List<float[]> cores, List<float[]> outputs) {
  private static final double NO_CHANCE = 0;
  private static final double EVEN_CHANCE = 0.5;

  /** What a backend's answers are compared with. */
  List<float[]> of(boolean afterTail) {
    return afterTail ? outputs : cores;
  }

  /**
   * Where one column decides between two classes: a logit's sign, or, after an activation, a
   * probability of a half.
   */
  double threshold(boolean afterTail) {
    return afterTail && hasTail() ? EVEN_CHANCE : NO_CHANCE;
  }

  private boolean hasTail() {
    for (int row = 0; row < cores.size(); row++) {
      if (!Arrays.equals(cores.get(row), outputs.get(row))) {
        return true;
      }
    }
    return false;
  }
}
