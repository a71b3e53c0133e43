package io.silenda.dp.report;

import io.silenda.dp.accounting.Adjacency;
import io.silenda.dp.train.Clipping;
import io.silenda.dp.train.LearningRate;
import io.silenda.dp.train.Optimizer;
import java.util.Locale;

/** Settings as a reader's text. */
final class Words {
  private Words() {}

  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.4g", value);
  }

  static String adjacency(Adjacency adjacency) {
    return switch (adjacency) {
      case ADD_REMOVE -> "add-remove: one record more or less";
      case REPLACE_ONE -> "replace-one: one record replaced by any other";
      case REPLACE_SPECIAL -> "replace-special: one record replaced by one that contributes zero";
      case ADD_REMOVE_USER -> "add-remove-user: all records of one user more or less";
    };
  }

  static String clipping(Clipping clipping) {
    if (clipping instanceof Clipping.Flat flat) {
      return "one bound of " + number(flat.norm()) + " on each record's gradient";
    }
    if (clipping instanceof Clipping.PerLayer layers) {
      return "a bound for each layer: " + layers.norms();
    }
    Clipping.Adaptive adaptive = (Clipping.Adaptive) clipping;
    return "a bound that follows the quantile "
        + number(adaptive.quantile())
        + " of gradient norms, found with noise of its own";
  }

  static String optimizer(Optimizer optimizer) {
    return optimizer.toString().replace('[', '(').replace(']', ')');
  }

  static String learningRate(LearningRate rate) {
    return rate.toString().replace('[', '(').replace(']', ')');
  }

  /** Most that a test of membership can reach (Kairouz et al. 2015). */
  static double largestTruePositiveRate(double falsePositiveRate, double epsilon, double delta) {
    double forward = Math.exp(epsilon) * falsePositiveRate + delta;
    double backward = 1 - Math.exp(-epsilon) * (1 - delta - falsePositiveRate);
    return Math.min(1, Math.min(forward, backward));
  }
}
