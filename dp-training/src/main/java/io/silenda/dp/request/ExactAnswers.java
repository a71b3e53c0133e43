package io.silenda.dp.request;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.accounting.AccountingException.Reason;
import io.silenda.dp.accounting.AnalyticGaussian;
import io.silenda.dp.accounting.MatrixSensitivity;
import io.silenda.dp.accounting.PrivacyAccountant;
import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import io.silenda.dp.accounting.PrivacyEvent.PoissonSampled;
import io.silenda.dp.accounting.rdp.RenyiDivergence;
import java.util.Map;
import java.util.Set;

/** Closed forms and quadratures, where there are any. */
final class ExactAnswers {
  private static final Map<String, Set<String>> QUANTITIES =
      Map.of(
          "gaussian", Set.of("epsilon", "delta"),
          "gaussian_calibrate", Set.of("sigma"),
          "laplace", Set.of("epsilon"),
          "rdp_order", Set.of("rdp"),
          "renyi_gaussians", Set.of("divergence"),
          "mf_toeplitz_sqrt", Set.of("sensitivity", "max_error"),
          "mf_minsep", Set.of("sensitivity"));

  private ExactAnswers() {}

  static double answer(AccountingRequest request) throws AccountingException {
    requireQuantity(request);
    return switch (request.kind()) {
      case "gaussian" -> gaussian(request);
      case "gaussian_calibrate" ->
          AnalyticGaussian.sigma(request.number("epsilon"), request.deltaOrFail())
              * Math.sqrt((double) request.stepsOrFail())
              * contribution(request);
      case "laplace" -> pure(request);
      case "rdp_order" -> renyi(request);
      case "renyi_gaussians" ->
          RenyiDivergence.gaussians(
              request.number("alpha"),
              request.number("mean"),
              request.number("sd1"),
              request.number("sd2"));
      case "mf_toeplitz_sqrt" -> squareRoot(request);
      default ->
          MatrixSensitivity.minSeparation(
              MatrixSensitivity.squareRootCoefficients(request.integer("bands")),
              matrixSteps(request),
              request.integer("min_sep"),
              request.integer("participations"));
    };
  }

  private static void requireQuantity(AccountingRequest request) throws AccountingException {
    Set<String> quantities = QUANTITIES.get(request.kind());
    if (quantities == null) {
      throw new AccountingException(
          Reason.EVENT_NOT_SUPPORTED,
          "kind " + request.kind() + " has no closed form: ask the pld or rdp accountant");
    }
    if (!quantities.contains(request.quantity())) {
      throw noQuantity(request);
    }
  }

  private static AccountingException noQuantity(AccountingRequest request) {
    return new AccountingException(
        Reason.EVENT_NOT_SUPPORTED,
        "kind " + request.kind() + " has no closed form of quantity " + request.quantity());
  }

  /** How far one record moves a sum, in clipping norms. */
  private static double contribution(AccountingRequest request) throws AccountingException {
    return switch (request.adjacencyOrFail()) {
      case ADD_REMOVE, REPLACE_SPECIAL -> 1;
      case REPLACE_ONE -> 2;
      case ADD_REMOVE_USER -> throw noBound(request);
    };
  }

  private static AccountingException noBound(AccountingRequest request) {
    return new AccountingException(
        Reason.ADJACENCY_NOT_SUPPORTED,
        "kind "
            + request.kind()
            + " has no closed form under adjacency "
            + request.adjacency().orElse(""));
  }

  static double renyi(AccountingRequest request) throws AccountingException {
    requireQuantity(request);
    double alpha = request.number("alpha");
    if (!(alpha > 1 && alpha <= 1 << 16)) {
      throw new IllegalArgumentException("extra alpha " + alpha + " is not in (1, 65536]");
    }
    double rate = request.rateOrFail();
    double contribution = contribution(request);
    if (contribution != 1 && rate != 1) {
      throw noBound(request);
    }
    double steps = request.steps().isPresent() ? request.stepsOrFail() : 1;
    // The event checks the ranges of both.
    PoissonSampled event = new PoissonSampled(rate, new Gaussian(request.sigmaOrFail()));
    return steps
        * RenyiDivergence.sampledGaussian(
            alpha, event.rate(), request.sigmaOrFail() / contribution);
  }

  private static double gaussian(AccountingRequest request) throws AccountingException {
    double sigma =
        request.sigmaOrFail() / Math.sqrt((double) request.stepsOrFail()) / contribution(request);
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
        .epsilon(RequestEvents.event(request, request.sigmaOrFail()), request.adjacencyOrFail(), 0);
  }

  private static double squareRoot(AccountingRequest request) throws AccountingException {
    int steps = matrixSteps(request);
    if (request.has("last_prefix_squared_error") != request.quantity().equals("max_error")) {
      throw noQuantity(request);
    }
    double[] coefficients = MatrixSensitivity.squareRootCoefficients(steps);
    if (request.quantity().equals("max_error")) {
      return MatrixSensitivity.lastPrefixSquaredError(coefficients, steps);
    }
    if (request.integer("participations") != 1) {
      throw new IllegalArgumentException(
          "extra participations "
              + request.integer("participations")
              + " is not 1: kind mf_minsep takes more");
    }
    return MatrixSensitivity.minSeparation(coefficients, steps, steps, 1);
  }

  private static int matrixSteps(AccountingRequest request) {
    long steps = request.stepsOrFail();
    if (steps > 1 << 16) {
      throw new IllegalArgumentException("steps " + steps + " is not from 1 to 65536");
    }
    return (int) steps;
  }
}
