package io.silenda.dp.engine;

/** A loss of one row and its gradient. */
public interface LossFunction {
  /**
   * Computes the loss of {@code count} outputs from {@code at} on, and writes its gradient times
   * {@code scale} to the same places of {@code gradients}.
   *
   * @param target what to compare with, from {@code targetAt} on
   */
  double apply(
      float[] outputs,
      int at,
      int count,
      float[] target,
      int targetAt,
      float[] gradients,
      float scale);

  /** Softmax and cross-entropy; the target is a class index, cut to the classes there are. */
  static LossFunction crossEntropy() {
    return (outputs, at, count, target, targetAt, gradients, scale) -> {
      float largest = Float.NEGATIVE_INFINITY;
      for (int j = at; j < at + count; j++) {
        largest = Math.max(largest, outputs[j]);
      }
      float sum = 0;
      for (int j = at; j < at + count; j++) {
        gradients[j] = (float) Math.exp(outputs[j] - largest);
        sum += gradients[j];
      }
      int label = at + Math.max(0, Math.min(count - 1, (int) target[targetAt]));
      double loss = Math.log(sum) + largest - outputs[label];
      for (int j = at; j < at + count; j++) {
        gradients[j] *= scale / sum;
      }
      gradients[label] -= scale;
      return loss;
    };
  }

  /** Sigmoid and cross-entropy of one output. */
  static LossFunction logistic() {
    return (outputs, at, count, target, targetAt, gradients, scale) -> {
      double x = outputs[at];
      double y = target[targetAt];
      gradients[at] = (float) (1 / (1 + Math.exp(-x)) - y) * scale;
      return Math.max(x, 0) - x * y + Math.log1p(Math.exp(-Math.abs(x)));
    };
  }

  /** Half the squared distance. */
  static LossFunction squaredError() {
    return (outputs, at, count, target, targetAt, gradients, scale) -> {
      double loss = 0;
      for (int j = 0; j < count; j++) {
        float difference = outputs[at + j] - target[targetAt + j];
        gradients[at + j] = difference * scale;
        loss += 0.5 * difference * difference;
      }
      return loss;
    };
  }
}
