package io.silenda.dp.request;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.accounting.AccountingException.Reason;
import io.silenda.dp.accounting.Adjacency;
import io.silenda.dp.accounting.AnalyticGaussian;
import io.silenda.dp.accounting.MatrixSensitivity;
import io.silenda.dp.accounting.PrivacyAccountant;
import io.silenda.dp.accounting.rdp.RenyiDivergence;

/** Closed forms and quadratures, where there are any. */
final class ExactAnswers {
  private ExactAnswers() {}

  static double answer(AccountingRequest request) throws AccountingException {
    return switch (request.kind()) {
      case "gaussian" -> gaussian(request);
      case "gaussian_calibrate" ->
          AnalyticGaussian.sigma(request.number("epsilon"), request.deltaOrFail())
              * Math.sqrt((double) request.stepsOrFail());
      case "laplace" -> pure(request);
      case "rdp_order" -> renyi(request);
      case "renyi_gaussians" ->
          RenyiDivergence.gaussians(
              request.number("alpha"),
              request.number("mean"),
              request.number("sd1"),
              request.number("sd2"));
      case "mf_toeplitz_sqrt" -> squareRoot(request);
      case "mf_minsep" ->
          MatrixSensitivity.minSeparation(
              MatrixSensitivity.squareRootCoefficients(request.integer("bands")),
              matrixSteps(request),
              request.integer("min_sep"),
              request.integer("participations"));
      default ->
          throw new AccountingException(
              Reason.EVENT_NOT_SUPPORTED,
              "kind " + request.kind() + " has no closed form: ask the pld or rdp accountant");
    };
  }

  static double renyi(AccountingRequest request) {
    double steps = request.steps().orElse(1);
    double alpha = request.number("alpha");
    if (!(alpha > 1 && alpha <= 1 << 16)) {
      throw new IllegalArgumentException("extra alpha " + alpha + " is not in (1, 65536]");
    }
    return steps
        * RenyiDivergence.sampledGaussian(alpha, request.rateOrFail(), request.sigmaOrFail());
  }

  private static double gaussian(AccountingRequest request) {
    double sigma = request.sigmaOrFail() / Math.sqrt((double) request.stepsOrFail());
    if (request.adjacency().orElse("").equals("replace_one")) {
      sigma /= 2;
    }
    return request.quantity().equals("delta")
        ? AnalyticGaussian.delta(sigma, request.number("epsilon"))
        : AnalyticGaussian.epsilon(sigma, request.deltaOrFail());
  }

  private static double pure(AccountingRequest request) throws AccountingException {
    if (request.deltaOrFail() != 0) {
      throw new AccountingException(
          Reason.EVENT_NOT_SUPPORTED, "kind laplace has a closed form at delta 0 only");
    }
    return PrivacyAccountant.pld()
        .epsilon(RequestEvents.event(request, request.sigmaOrFail()), Adjacency.ADD_REMOVE, 0);
  }

  private static double squareRoot(AccountingRequest request) {
    int steps = matrixSteps(request);
    double[] coefficients = MatrixSensitivity.squareRootCoefficients(steps);
    return request.has("last_prefix_squared_error")
        ? MatrixSensitivity.lastPrefixSquaredError(coefficients, steps)
        : MatrixSensitivity.minSeparation(
            coefficients, steps, steps, request.integer("participations"));
  }

  private static int matrixSteps(AccountingRequest request) {
    long steps = request.stepsOrFail();
    if (steps > 1 << 16) {
      throw new IllegalArgumentException("steps " + steps + " is not from 1 to 65536");
    }
    return (int) steps;
  }
}
