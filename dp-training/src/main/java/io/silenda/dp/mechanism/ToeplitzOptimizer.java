package io.silenda.dp.mechanism;

import io.silenda.dp.accounting.MatrixSensitivity;
import java.util.Arrays;
import org.apache.commons.math3.exception.TooManyEvaluationsException;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleValueChecker;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunctionGradient;
import org.apache.commons.math3.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer;
import org.apache.commons.math3.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer.Formula;

/**
 * Conjugate gradients on the logarithm of squared sensitivity times mean squared prefix error. Each
 * coefficient is the one before times a logistic function of a variable, so that none rises or is
 * negative.
 */
final class ToeplitzOptimizer {
  /** Products of one look at the objective; longer runs are judged by their beginning. */
  private static final int MOST_PRODUCTS = 1 << 21;

  private static final int MOST_LOOKS = 400;
  private static final double PRECISION = 1e-6;

  private static volatile Answer latest = new Answer(1, new Participation(1, 1), new double[] {1});

  private final int[] participations;
  private final double[] decoder;

  private ToeplitzOptimizer(int bands, Participation participation) {
    int steps = Math.min(participation.steps(), Math.max(2 * bands, MOST_PRODUCTS / bands));
    Participation seen = new Participation(steps, participation.separation());
    participations = new int[bands];
    Arrays.setAll(participations, seen::mostFollowedBy);
    decoder = new double[steps];
  }

  private record Answer(int bands, Participation participation, double[] coefficients) {}

  /** As found before, where the same was asked last: each mechanism of a run asks. */
  static double[] coefficients(int bands, Participation participation) {
    Answer known = latest;
    if (known.bands != bands || !known.participation.equals(participation)) {
      known = new Answer(bands, participation, search(bands, participation));
      latest = known;
    }
    return known.coefficients.clone();
  }

  private static double[] search(int bands, Participation participation) {
    double[] start = MatrixSensitivity.squareRootCoefficients(bands);
    if (bands == 1) {
      return start;
    }
    ToeplitzOptimizer optimizer = new ToeplitzOptimizer(bands, participation);
    double[] best = start.clone();
    double[] seen = {optimizer.objective(start)};
    // The best point that was looked at counts, however the search ends.
    ObjectiveFunction objective =
        new ObjectiveFunction(
            variables -> {
              double[] candidate = coefficients(variables);
              double value = optimizer.objective(candidate);
              if (value < seen[0]) {
                seen[0] = value;
                System.arraycopy(candidate, 0, best, 0, bands);
              }
              return value;
            });
    try {
      new NonLinearConjugateGradientOptimizer(
              Formula.POLAK_RIBIERE, new SimpleValueChecker(PRECISION, PRECISION))
          .optimize(
              objective,
              new ObjectiveFunctionGradient(optimizer::gradient),
              GoalType.MINIMIZE,
              new InitialGuess(variables(start)),
              new MaxEval(MOST_LOOKS));
    } catch (TooManyEvaluationsException e) {
      return best;
    }
    return best;
  }

  private double objective(double[] coefficients) {
    return Math.log(squaredSensitivity(coefficients))
        + Math.log(PrefixSums.meanSquaredError(coefficients, decoder));
  }

  private double squaredSensitivity(double[] coefficients) {
    double sum = 0;
    for (int k = 0; k < coefficients.length; k++) {
      sum += participations[k] * coefficients[k] * coefficients[k];
    }
    return sum;
  }

  private double[] gradient(double[] variables) {
    double[] c = coefficients(variables);
    double error = PrefixSums.meanSquaredError(c, decoder);
    double[] byCoefficient = PrefixSums.gradient(c, decoder);
    double square = squaredSensitivity(c);
    double[] gradient = new double[variables.length];
    double behind = 0;
    for (int k = c.length - 1; k > 0; k--) {
      behind += c[k] * (byCoefficient[k] / error + 2 * participations[k] * c[k] / square);
      gradient[k - 1] = behind * (1 - logistic(variables[k - 1]));
    }
    return gradient;
  }

  private static double[] coefficients(double[] variables) {
    double[] coefficients = new double[variables.length + 1];
    coefficients[0] = 1;
    for (int k = 1; k < coefficients.length; k++) {
      coefficients[k] = coefficients[k - 1] * logistic(variables[k - 1]);
    }
    return coefficients;
  }

  private static double[] variables(double[] coefficients) {
    double[] variables = new double[coefficients.length - 1];
    for (int k = 0; k < variables.length; k++) {
      double ratio = coefficients[k + 1] / coefficients[k];
      variables[k] = Math.log(ratio / (1 - ratio));
    }
    return variables;
  }

  private static double logistic(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
