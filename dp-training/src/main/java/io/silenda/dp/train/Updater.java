package io.silenda.dp.train;

import io.silenda.dp.train.Optimizer.Adam;
import io.silenda.dp.train.Optimizer.Momentum;
import java.util.ArrayList;
import java.util.List;

/** An optimiser at work on a vector of weights. */
final class Updater {
  private final Optimizer optimizer;
  private final float[] weights;
  private final List<float[]> moments;

  /**
   * @param weights changed in place
   * @param moments state of an earlier run, or empty
   */
  Updater(Optimizer optimizer, float[] weights, List<float[]> moments) {
    this.optimizer = optimizer;
    this.weights = weights;
    this.moments = new ArrayList<>(moments);
    while (this.moments.size() < momentCount(optimizer)) {
      this.moments.add(new float[weights.length]);
    }
  }

  static int momentCount(Optimizer optimizer) {
    return optimizer instanceof Adam ? 2 : optimizer instanceof Momentum ? 1 : 0;
  }

  List<float[]> moments() {
    return moments;
  }

  /**
   * @param step number of steps done before this one
   */
  void update(float[] gradient, double rate, long step) {
    if (optimizer instanceof Optimizer.Sgd sgd) {
      descend(gradient, (float) rate, (float) sgd.weightDecay());
    } else if (optimizer instanceof Momentum momentum) {
      heavyBall(gradient, (float) rate, momentum);
    } else if (optimizer instanceof Adam adam) {
      adam(gradient, rate, adam, step);
    }
  }

  private void descend(float[] gradient, float rate, float decay) {
    float keep = 1 - rate * decay;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = weights[i] * keep - rate * gradient[i];
    }
  }

  private void heavyBall(float[] gradient, float rate, Momentum momentum) {
    float[] moment = moments.get(0);
    float beta = (float) momentum.momentum();
    float decay = (float) momentum.weightDecay();
    for (int i = 0; i < weights.length; i++) {
      moment[i] = beta * moment[i] + (gradient[i] + decay * weights[i]);
      weights[i] -= rate * moment[i];
    }
  }

  private void adam(float[] gradient, double rate, Adam adam, long step) {
    float[] mean = moments.get(0);
    float[] square = moments.get(1);
    float beta1 = (float) adam.beta1();
    float beta2 = (float) adam.beta2();
    double times = (double) (step + 1);
    float factor = (float) (rate / (1 - Math.pow(adam.beta1(), times)));
    float correction = (float) (1 / Math.sqrt(1 - Math.pow(adam.beta2(), times)));
    float epsilon = (float) adam.epsilon();
    float keep = (float) (1 - rate * adam.weightDecay());
    for (int i = 0; i < weights.length; i++) {
      float g = gradient[i];
      mean[i] = beta1 * mean[i] + (1 - beta1) * g;
      square[i] = beta2 * square[i] + (1 - beta2) * g * g;
      float root = (float) Math.sqrt(square[i]) * correction;
      weights[i] = weights[i] * keep - factor * mean[i] / (root + epsilon);
    }
  }
}
