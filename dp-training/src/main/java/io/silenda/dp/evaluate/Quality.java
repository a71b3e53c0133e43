package io.silenda.dp.evaluate;

import io.silenda.dp.data.LabelledRows;
import io.silenda.dp.train.Loss;
import java.util.Arrays;

/**
 * How good answers are: the share of right ones for classes, the root mean square error for numbers
 * to predict. A figure on private rows is as private as they are.
 */
public final class Quality {
  private Quality() {}

  /** Over the first {@code most} rows. */
  public static double of(Predictor predictor, LabelledRows rows, Loss loss, int most) {
    int count = Math.min(most, rows.count());
    float[] values = rows.values();
    float[] labels = rows.labels();
    double sum = 0;
    for (int i = 0; i < count; i++) {
      float[] row = Arrays.copyOfRange(values, i * rows.width(), (i + 1) * rows.width());
      sum += term(predictor.predict(row), labels[i], loss);
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
