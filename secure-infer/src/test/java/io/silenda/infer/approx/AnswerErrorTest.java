package io.silenda.infer.approx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AnswerErrorTest {
  @Test
  void countsChangedDecisionsAndErrors() {
    AnswerError error =
        AnswerError.between(
            List.of(new double[] {1, 2}, new double[] {3, 0}),
            List.of(new double[] {1, 2}, new double[] {0, 1}));
    assertThat(error.rows()).isEqualTo(2);
    assertThat(error.changedDecisions()).isEqualTo(1);
    assertThat(error.agreement()).isEqualTo(0.5);
    assertThat(error.maxAbsError()).isEqualTo(3);
    // Errors 0, 0, 3, 1 against answers 1, 2, 0, 1 of deviation √½.
    assertThat(error.relativeError()).isCloseTo(Math.sqrt(2.5 / 0.5), within(1e-12));
  }

  @Test
  void oneColumnDecidesBySign() {
    AnswerError error =
        AnswerError.between(
            List.of(new double[] {0.1}, new double[] {-2}),
            List.of(new double[] {-0.1}, new double[] {-1}));
    assertThat(error.changedDecisions()).isEqualTo(1);
  }

  @Test
  void whatIsNoNumberIsInfinitelyWrong() {
    AnswerError error =
        AnswerError.between(List.of(new double[] {Double.NaN, 1}), List.of(new double[] {0, 1}));
    assertThat(error.relativeError()).isInfinite();
    assertThat(error.maxAbsError()).isInfinite();
    assertThat(AccuracyBudget.standard().allows(error)).isFalse();
  }

  @Test
  void theBudgetBoundsEachPart() {
    AccuracyBudget budget = new AccuracyBudget(0.98, 0.1, OptionalDouble.of(2), 0.25);
    assertThat(budget.allows(new AnswerError(100, 2, 0.1, 2))).isTrue();
    assertThat(budget.allows(new AnswerError(100, 3, 0.1, 2))).isFalse();
    assertThat(budget.allows(new AnswerError(100, 2, 0.11, 2))).isFalse();
    assertThat(budget.allows(new AnswerError(100, 2, 0.1, 2.1))).isFalse();
    assertThat(budget.allows(new AnswerError(10, 1, 0.1, 2))).as("one row may change").isTrue();
  }

  @Test
  void budgetsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> AccuracyBudget.standard().withMargin(-0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("margin is -0.1");
    assertThatThrownBy(() -> AccuracyBudget.standard().withMaxAbsError(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxAbsError");
    assertThatThrownBy(() -> new AccuracyBudget(1.1, 0.1, OptionalDouble.empty(), 0.2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("minAgreement");
  }
}
