package io.silenda.dp.request;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.accounting.AccountingException.Reason;
import io.silenda.dp.accounting.Adjacency;
import io.silenda.dp.accounting.Calibration;
import io.silenda.dp.accounting.PrivacyAccountant;
import io.silenda.dp.accounting.PrivacyEvent;

/** Answers requests: maps kinds to events, and asks the accountant that the request names. */
public final class AccountingRequests {
  private AccountingRequests() {}

  /**
   * The number asked for.
   *
   * @throws AccountingException if no sound answer is known
   * @throws IllegalArgumentException if the request is incomplete or out of range; the message
   *     names the column
   */
  public static double answer(AccountingRequest request) throws AccountingException {
    double answer =
        switch (request.accountant()) {
          case "exact" -> ExactAnswers.answer(request);
          case "pld" -> answer(request, PrivacyAccountant.pld());
          case "rdp" ->
              request.kind().equals("rdp_order")
                  ? ExactAnswers.renyi(request)
                  : answer(request, PrivacyAccountant.rdp());
          default ->
              throw new IllegalArgumentException(
                  "accountant " + request.accountant() + " is not rdp, pld or exact");
        };
    if (Double.isNaN(answer) || Double.isInfinite(answer)) {
      throw new AccountingException(Reason.NO_FINITE_EPSILON, "no finite answer exists");
    }
    return answer;
  }

  private static double answer(AccountingRequest request, PrivacyAccountant accountant)
      throws AccountingException {
    Adjacency adjacency = request.adjacencyOrFail();
    return switch (request.quantity()) {
      case "epsilon" ->
          accountant.epsilon(
              RequestEvents.event(request, sigma(request)), adjacency, request.deltaOrFail());
      case "delta" ->
          accountant.delta(
              RequestEvents.event(request, sigma(request)), adjacency, request.number("epsilon"));
      case "sigma" -> {
        RequestEvents.event(request, 1);
        yield Calibration.noise(
            accountant,
            noise -> unchecked(request, noise),
            adjacency,
            request.number("epsilon"),
            request.deltaOrFail());
      }
      default ->
          throw new AccountingException(
              Reason.EVENT_NOT_SUPPORTED,
              "the " + request.accountant() + " accountant has no quantity " + request.quantity());
    };
  }

  /** Kinds that have no sigma of their own ignore the value. */
  private static double sigma(AccountingRequest request) {
    return switch (request.kind()) {
      case "heterogeneous", "discrete_laplace" -> 1;
      default -> request.sigmaOrFail();
    };
  }

  private static PrivacyEvent unchecked(AccountingRequest request, double noise) {
    try {
      return RequestEvents.event(request, noise);
    } catch (AccountingException e) {
      throw new IllegalStateException("the same event was made before", e);
    }
  }
}
