package io.silenda.dp.evaluate;

import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.network.Weights;
import io.silenda.dp.train.Loss;
import io.silenda.dp.train.Predictor;
import io.silenda.dp.train.TrainingData;
import java.util.Arrays;

/**
 * How good answers are: the share of right ones for classes, the root mean square error for numbers
 * to predict. A figure on private rows is as private as they are.
 */
public final class Quality {
  private Quality() {}

  /** Over all records. */
  public static double of(NetworkSpec network, Weights weights, TrainingData data, Loss loss) {
    int count = data.recordCount();
    int outputs = network.output().elements();
    double sum = 0;
    try (Predictor predictor = new Predictor(network, weights)) {
      float[] answers = predictor.outputs(data);
      for (int i = 0; i < count; i++) {
        float[] answer = Arrays.copyOfRange(answers, i * outputs, (i + 1) * outputs);
        sum += term(answer, data.label(i), loss);
      }
    }
    return loss == Loss.SQUARED_ERROR ? Math.sqrt(sum / count) : sum / count;
  }

  private static double term(float[] answer, float label, Loss loss) {
    return switch (loss) {
      case SQUARED_ERROR -> (answer[0] - label) * (double) (answer[0] - label);
      case LOGISTIC -> answer[0] > 0 == label > 0.5 ? 1 : 0;
      case CROSS_ENTROPY -> largest(answer) == (int) label ? 1 : 0;
    };
  }

  private static int largest(float[] answer) {
    int best = 0;
    for (int i = 1; i < answer.length; i++) {
      best = answer[i] > answer[best] ? i : best;
    }
    return best;
  }
}
