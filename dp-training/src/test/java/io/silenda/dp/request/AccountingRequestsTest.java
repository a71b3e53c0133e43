package io.silenda.dp.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.accounting.AccountingException.Reason;
import java.util.Optional;
import java.util.OptionalDouble;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AccountingRequestsTest {
  @Test
  void replacedRecordsMoveClosedFormsTwiceAsFar() throws AccountingException {
    for (String kind : new String[] {"gaussian", "laplace"}) {
      double delta = kind.equals("laplace") ? 0 : 1e-5;
      assertThat(answer(kind, "REPLACE_ONE", 1, 4, 1, delta, "", "epsilon"))
          .as(kind)
          .isCloseTo(answer(kind, "add_remove", 1, 2, 1, delta, "", "epsilon"), within(1e-9));
    }
    assertThat(answer("gaussian_calibrate", "replace_one", 1, 1, 1, 1e-5, "epsilon=1", "sigma"))
        .isCloseTo(
            2 * answer("gaussian_calibrate", "add_remove", 1, 1, 1, 1e-5, "epsilon=1", "sigma"),
            within(1e-9));
    assertThat(answer("rdp_order", "replace_one", 1, 2, 1, 0, "alpha=3", "rdp"))
        .isCloseTo(1.5, within(1e-12));
    refused(
        Reason.ADJACENCY_NOT_SUPPORTED,
        () -> answer("rdp_order", "replace_one", 0.1, 2, 1, 0, "alpha=3", "rdp"));
  }

  @Test
  void usersHaveNoClosedForm() {
    refused(
        Reason.ADJACENCY_NOT_SUPPORTED,
        () -> answer("gaussian", "add_remove_user", 1, 1, 1, 1e-5, "", "epsilon"));
    refused(
        Reason.ADJACENCY_NOT_SUPPORTED,
        () -> answer("laplace", "add_remove_user", 1, 1, 1, 0, "", "epsilon"));
  }

  @Test
  void closedFormsAnswerTheirOwnQuantitiesOnly() {
    refused(
        Reason.EVENT_NOT_SUPPORTED,
        () -> answer("gaussian", "add_remove", 1, 1, 1, 1e-5, "epsilon=1", "sigma"));
    refused(
        Reason.EVENT_NOT_SUPPORTED,
        () -> answer("rdp_order", "add_remove", 1, 1, 1, 1e-5, "alpha=2", "epsilon"));
    refused(
        Reason.EVENT_NOT_SUPPORTED,
        () -> answer("mf_toeplitz_sqrt", "", 1, 1, 8, 0, "participations=1", "max_error"));
  }

  @Test
  void inputsOutOfRangeAreNamed() {
    invalid("steps", () -> answer("rdp_order", "add_remove", 1, 1, 2.5, 0, "alpha=2", "rdp"));
    invalid("noise", () -> answer("rdp_order", "add_remove", 0.1, -1, 1, 0, "alpha=2", "rdp"));
    invalid(
        "participations",
        () -> answer("mf_toeplitz_sqrt", "", 1, 1, 8, 0, "participations=2", "sensitivity"));
    invalid("alpha", () -> answer("renyi_gaussians", "", 1, 1, 1, 0, "alpha=1e999", "divergence"));
    invalid(
        "q",
        () ->
            AccountingRequests.answer(
                request(
                    "pld", "dpsgd_wor", "replace_one", 0.2, 1, 10, 1e-5, "batch=10", "epsilon")));
  }

  private static double answer(
      String kind,
      String adjacency,
      double rate,
      double sigma,
      double steps,
      double delta,
      String extra,
      String quantity)
      throws AccountingException {
    return AccountingRequests.answer(
        request("exact", kind, adjacency, rate, sigma, steps, delta, extra, quantity));
  }

  private static AccountingRequest request(
      String accountant,
      String kind,
      String adjacency,
      double rate,
      double sigma,
      double steps,
      double delta,
      String extra,
      String quantity) {
    return new AccountingRequest(
        "id",
        accountant,
        kind,
        adjacency.isEmpty() ? Optional.empty() : Optional.of(adjacency),
        OptionalDouble.of(rate),
        OptionalDouble.of(sigma),
        OptionalDouble.of(steps),
        OptionalDouble.of(delta),
        OptionalDouble.of(100),
        extra,
        quantity);
  }

  private static void refused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AccountingException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static void invalid(String name, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }
}
