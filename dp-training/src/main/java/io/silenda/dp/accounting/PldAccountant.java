package io.silenda.dp.accounting;

import io.silenda.dp.accounting.AccountingException.Reason;
import io.silenda.dp.accounting.pld.LossAccounting;
import io.silenda.dp.accounting.pld.LossAccounting.Use;
import io.silenda.dp.accounting.pld.TooManyCellsException;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Accounting by privacy loss distributions: pessimistic discretisation (Doroshenko et al. 2022) and
 * composition by Fourier transform with bounded error. Every answer is an upper bound.
 */
public final class PldAccountant implements PrivacyAccountant {
  PldAccountant() {}

  @Override
  public double epsilon(PrivacyEvent event, Adjacency adjacency, double delta)
      throws AccountingException {
    Arguments.fraction("delta", delta);
    double epsilon =
        delta == 0
            ? answer(event, adjacency, LossAccounting::pureEpsilon)
            : answer(event, adjacency, losses -> losses.epsilon(delta));
    if (!(epsilon < Double.POSITIVE_INFINITY)) {
      throw Refusals.infinite(delta);
    }
    return epsilon;
  }

  /**
   * A lower bound: no sound accountant can report less than this at {@code delta} for the pair that
   * dominates the event.
   *
   * @throws AccountingException as {@link #epsilon} does
   */
  public double optimisticEpsilon(PrivacyEvent event, Adjacency adjacency, double delta)
      throws AccountingException {
    Arguments.positive("delta", delta);
    Arguments.fraction("delta", delta);
    return answer(event, adjacency, losses -> losses.lowerEpsilon(delta));
  }

  @Override
  public double delta(PrivacyEvent event, Adjacency adjacency, double epsilon)
      throws AccountingException {
    Arguments.notNegative("epsilon", epsilon);
    return answer(event, adjacency, losses -> losses.delta(epsilon));
  }

  private static double answer(
      PrivacyEvent event, Adjacency adjacency, ToDoubleFunction<LossAccounting> question)
      throws AccountingException {
    try {
      List<Use> uses = DominatingPairs.of(event, adjacency);
      return question.applyAsDouble(new LossAccounting(uses));
    } catch (TooManyCellsException e) {
      throw new AccountingException(Reason.TOO_LARGE, e.toString());
    }
  }
}
