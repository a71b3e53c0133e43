package io.silenda.dp.request;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.accounting.AccountingException.Reason;
import io.silenda.dp.accounting.PrivacyEvent;
import io.silenda.dp.accounting.PrivacyEvent.BandedMatrix;
import io.silenda.dp.accounting.PrivacyEvent.Composed;
import io.silenda.dp.accounting.PrivacyEvent.DiscreteGaussian;
import io.silenda.dp.accounting.PrivacyEvent.DiscreteLaplace;
import io.silenda.dp.accounting.PrivacyEvent.FixedBatch;
import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import io.silenda.dp.accounting.PrivacyEvent.Laplace;
import io.silenda.dp.accounting.PrivacyEvent.PoissonSampled;
import io.silenda.dp.accounting.PrivacyEvent.RepeatAndSelect;
import io.silenda.dp.accounting.PrivacyEvent.TreeAggregation;
import io.silenda.dp.accounting.PrivacyEvent.TruncatedPoisson;
import io.silenda.dp.accounting.PrivacyEvent.UserLevelPoisson;
import java.util.ArrayList;
import java.util.List;

/** Events of the kinds that a request can name. */
final class RequestEvents {
  private RequestEvents() {}

  /** The request's event with {@code sigma} as its noise. */
  static PrivacyEvent event(AccountingRequest request, double sigma) throws AccountingException {
    return switch (request.kind()) {
      case "dpsgd_poisson",
          "dpsgd_poisson_replace",
          "dpsgd_delta",
          "dpsgd_calibrate",
          "gdp_clt_not_a_bound" ->
          new PoissonSampled(request.rateOrFail(), new Gaussian(sigma))
              .times(request.stepsOrFail());
      case "gaussian", "gaussian_calibrate" -> new Gaussian(sigma).times(request.stepsOrFail());
      case "dpsgd_wor" -> fixedBatch(request, sigma);
      case "laplace" -> new Laplace(sigma).times(request.stepsOrFail());
      case "laplace_poisson" ->
          new PoissonSampled(request.rateOrFail(), new Laplace(sigma)).times(request.stepsOrFail());
      case "discrete_gaussian" ->
          new DiscreteGaussian(sigma, request.integer("sensitivity")).times(request.stepsOrFail());
      case "discrete_laplace" ->
          new DiscreteLaplace(request.number("parameter"), request.integer("sensitivity"))
              .times(request.stepsOrFail());
      case "heterogeneous" -> phases(request.text("phases"));
      case "ftrl_tree" ->
          new TreeAggregation(new Gaussian(sigma), request.integer("steps_per_tree"))
              .times(request.integer("trees"));
      case "dpsgd_truncated_batch" ->
          new TruncatedPoisson(
                  request.rateOrFail(),
                  request.integer("max_batch"),
                  request.recordsOrFail(),
                  new Gaussian(sigma))
              .times(request.stepsOrFail());
      case "repeat_and_select" ->
          new RepeatAndSelect(
              new PoissonSampled(request.rateOrFail(), new Gaussian(sigma))
                  .times(request.stepsOrFail()),
              request.number("mean"),
              request.number("shape"));
      case "user_level_poisson" ->
          new UserLevelPoisson(
                  request.rateOrFail(), request.integer("records_per_user"), new Gaussian(sigma))
              .times(request.stepsOrFail());
      case "mf_banded_amplified" ->
          new BandedMatrix(
              request.rateOrFail(),
              request.integer("bands"),
              request.stepsOrFail(),
              new Gaussian(sigma));
      case "shuffle_lower_bound" ->
          throw new AccountingException(
              Reason.UNSOUND,
              "shuffled batches are not Poisson samples: their accounting would understate epsilon");
      default ->
          throw new AccountingException(
              Reason.EVENT_NOT_SUPPORTED, "kind " + request.kind() + " is unknown");
    };
  }

  /** Requests give this noise relative to the replace-one sensitivity, twice the clipping norm. */
  private static PrivacyEvent fixedBatch(AccountingRequest request, double sigma) {
    int batch = request.integer("batch");
    int records = request.recordsOrFail();
    double rate = (double) batch / records;
    if (request.rate().isPresent()
        && !(Math.abs(request.rateOrFail() - rate) <= 1e-9 * Math.max(1, rate))) {
      throw new IllegalArgumentException(
          "q " + request.rateOrFail() + " is not batch over n, " + rate);
    }
    return new FixedBatch(batch, records, new Gaussian(2 * sigma)).times(request.stepsOrFail());
  }

  /** {@code rate:sigma:steps,...}. */
  private static PrivacyEvent phases(String text) {
    List<PrivacyEvent> phases = new ArrayList<>();
    for (String phase : text.split(",", -1)) {
      String[] parts = phase.split(":", -1);
      if (parts.length != 3) {
        throw new IllegalArgumentException("extra phases " + phase + " is not rate:sigma:steps");
      }
      try {
        phases.add(
            new PoissonSampled(
                    Double.parseDouble(parts[0]), new Gaussian(Double.parseDouble(parts[1])))
                .times(Long.parseLong(parts[2])));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("extra phases " + phase + " is not rate:sigma:steps", e);
      }
    }
    return new Composed(phases);
  }
}
