package io.silenda.dp.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.accounting.AccountingException.Reason;
import io.silenda.dp.accounting.Adjacency;
import io.silenda.dp.accounting.PrivacyAccountant;
import io.silenda.dp.accounting.PrivacyEvent;
import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import io.silenda.dp.accounting.PrivacyEvent.PoissonSampled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All 120 rows of the golden table, with the tolerance of each kind; no answer below a proven lower
 * bound.
 */
class GoldenPrivacyTest {
  private static final double PRINTED = 1e-11;

  static List<GoldenRow> rows() {
    return GoldenRow.all();
  }

  @Test
  void theTableIsComplete() {
    assertThat(rows()).hasSize(120);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void row(GoldenRow row) throws AccountingException {
    switch (row.kind()) {
      case "dpsgd_poisson" -> {
        between(pld(row), row.low(), row.pldHigh() * 1.001 + 1e-3);
        between(rdp(row), row.low(), row.rdp() * 1.0001);
      }
      case "dpsgd_poisson_replace" -> between(pld(row), row.low(), row.pldHigh() * 1.001 + 1e-3);
      case "dpsgd_delta" -> {
        between(pld(row), row.pldLow(), row.pldHigh() * 1.001);
        between(rdp(row), row.pldLow(), row.rdp() * 1.0001);
      }
      case "dpsgd_wor" -> {
        assertThat(rdp(row)).isCloseTo(row.rdp(), within(row.rdp() * 1e-4));
        assertThat(pld(row)).isBetween(0.3 * row.rdp(), row.rdp());
      }
      case "gaussian" -> {
        between(pld(row), Math.max(row.low(), row.exact()), row.pldHigh() * 1.001);
        between(rdp(row), row.exact(), row.rdp() * 1.0001);
        between(exact(row), row.exact() * (1 - PRINTED), row.exact() * (1 + 1e-6));
      }
      case "gaussian_calibrate" -> {
        between(exact(row), row.exact() * (1 - 1e-9), row.exact() * (1 + 1e-6));
        between(pld(row), row.exact() * (1 - 1e-9), row.exact() * 1.002);
      }
      case "laplace" -> {
        if (row.columns()[6].equals("0")) {
          between(exact(row), row.exact(), row.exact());
          between(pld(row), row.exact(), row.exact());
        } else {
          between(pld(row), row.pldLow(), row.pldHigh() * 1.001);
          assertThat(rdp(row)).isGreaterThan(row.pldLow());
        }
      }
      case "laplace_poisson",
          "discrete_gaussian",
          "discrete_laplace",
          "heterogeneous",
          "user_level_poisson" ->
          between(pld(row), row.pldLow(), row.pldHigh() * 1.001);
      case "dpsgd_calibrate" -> {
        between(pld(row), row.pldHigh() * 0.998, row.pldHigh() * 1.002);
        between(rdp(row), row.rdp() * 0.998, row.rdp() * 1.002);
      }
      case "rdp_order" -> order(row);
      case "renyi_gaussians" ->
          assertThat(exact(row)).isCloseTo(row.exact(), within(row.exact() * 1e-10));
      case "ftrl_tree" -> {
        assertThat(rdp(row)).isCloseTo(row.rdp(), within(row.rdp() * 1e-6));
        assertThat(pld(row)).isBetween(0.5 * row.rdp(), row.rdp());
      }
      case "dpsgd_truncated_batch" -> between(pld(row), untruncated(row), row.pldHigh() * 1.001);
      case "repeat_and_select" ->
          assertThat(rdp(row)).isCloseTo(row.rdp(), within(row.rdp() * 1e-3));
      case "shuffle_lower_bound" -> refused(row);
      case "gdp_clt_not_a_bound" -> {
        between(pld(row), row.pldHigh() * 0.999, row.pldHigh() * 1.001);
        assertThat(rdp(row)).isGreaterThan(row.pldHigh());
        assertThatThrownBy(() -> exact(row)).isInstanceOf(AccountingException.class);
      }
      case "mf_toeplitz_sqrt", "mf_minsep" ->
          assertThat(exact(row)).isCloseTo(row.exact(), within(row.exact() * 1e-9));
      case "mf_banded_amplified" -> {
        between(pld(row), 0.99 * row.pldHigh(), row.pldHigh() * 1.001);
        between(rdp(row), row.pldHigh() * 0.999, row.rdp() * 1.0001);
      }
      default -> throw new AssertionError("kind " + row.kind() + " has no assertion");
    }
  }

  private static void order(GoldenRow row) throws AccountingException {
    double alpha = row.request("rdp").number("alpha");
    double tolerance = alpha == Math.rint(alpha) ? 1e-9 : 1e-6;
    assertThat(rdp(row)).isCloseTo(row.exact(), within(row.exact() * tolerance));
    assertThat(exact(row)).isEqualTo(rdp(row));
  }

  private static double untruncated(GoldenRow row) throws AccountingException {
    PrivacyEvent step = new PoissonSampled(row.value(3), new Gaussian(row.value(4)));
    return PrivacyAccountant.pld()
        .optimisticEpsilon(step.times((long) row.value(5)), Adjacency.ADD_REMOVE, row.value(6));
  }

  private static void refused(GoldenRow row) {
    for (String accountant : List.of("rdp", "pld")) {
      assertThatThrownBy(() -> answer(row, accountant))
          .isInstanceOfSatisfying(
              AccountingException.class,
              refusal -> assertThat(refusal.reason()).isEqualTo(Reason.UNSOUND));
    }
  }

  private static void between(double value, double low, double high) {
    assertThat(value).isBetween(low, high);
  }

  private static double pld(GoldenRow row) throws AccountingException {
    return answer(row, "pld");
  }

  private static double rdp(GoldenRow row) throws AccountingException {
    return answer(row, "rdp");
  }

  private static double exact(GoldenRow row) throws AccountingException {
    return answer(row, "exact");
  }

  private static double answer(GoldenRow row, String accountant) throws AccountingException {
    return AccountingRequests.answer(row.request(accountant));
  }
}
