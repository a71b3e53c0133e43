package io.silenda.infer.approx;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.infer.graph.ActivationKind;
import io.silenda.infer.graph.Operator.Activation;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class DegreeSearchTest {
  @Test
  void takesTheSmallestDegreeWithinTheBudget() {
    ActivationFitter fitter = fitter(ActivationKind.RELU, -4, 4);
    DegreeSearch.Result result = search(List.of(fitter), 0.05, 10);
    assertThat(result.withinBudget()).isTrue();
    Fit chosen = result.fits().get(0);
    assertThat(chosen.rmsError()).isLessThanOrEqualTo(0.05);
    Fit lower = fitter.fit(chosen.degree() - 1, Method.LEAST_SQUARES);
    assertThat(lower.rmsError()).as("one degree less").isGreaterThan(0.05);
  }

  @Test
  void aTighterBudgetNeverTakesALowerDegree() {
    int previous = 0;
    for (double budget : new double[] {0.5, 0.1, 0.05, 0.02, 0.01}) {
      ActivationFitter fitter = fitter(ActivationKind.RELU, -4, 4);
      Fit fit = search(List.of(fitter), budget, 10).fits().get(0);
      assertThat(fit.degree()).as("budget %s", budget).isGreaterThanOrEqualTo(previous);
      previous = fit.degree();
    }
    assertThat(previous).isGreaterThan(7);
  }

  @Test
  void theActivationThatNeedsMoreGetsMore() {
    ActivationFitter wide = fitter(ActivationKind.RELU, -40, 40);
    ActivationFitter narrow = fitter(ActivationKind.SILU, -1, 1);
    DegreeSearch.Result result = search(List.of(wide, narrow), 0.8, 10);
    assertThat(result.withinBudget()).isTrue();
    assertThat(result.fits().get(0).depth()).isGreaterThan(result.fits().get(1).depth());
    assertThat(result.fits().get(1).degree()).isEqualTo(2);
  }

  @Test
  void anImpossibleBudgetEndsAtTheLevelBudget() {
    ActivationFitter fitter = fitter(ActivationKind.RELU, -4, 4);
    DegreeSearch.Result result = search(List.of(fitter), 1e-9, 4);
    assertThat(result.withinBudget()).isFalse();
    assertThat(result.fits().get(0).depth()).isEqualTo(4);
  }

  @Test
  void aStraightLineStaysOne() {
    ActivationFitter fitter = fitter(ActivationKind.RELU, 1, 2);
    Fit fit = search(List.of(fitter), 1e-3, 10).fits().get(0);
    assertThat(fit.degree()).isEqualTo(1);
    assertThat(fit.depth()).isZero();
  }

  @Test
  void depthsAreThoseOfTheEvaluator() {
    assertThat(new int[] {Fit.depth(1), Fit.depth(2), Fit.depth(3), Fit.depth(4), Fit.depth(7)})
        .containsExactly(0, 1, 2, 3, 3);
    assertThat(new int[] {Fit.depth(8), Fit.depth(15), Fit.depth(16), Fit.depth(63)})
        .containsExactly(4, 4, 5, 6);
  }

  /** A network whose answer is off by what its activations are off, together. */
  private static DegreeSearch.Result search(
      List<ActivationFitter> fitters, double budget, int maxDepth) {
    Function<List<Fit>, AnswerError> answers =
        fits -> {
          double error =
              Math.sqrt(fits.stream().mapToDouble(f -> f.rmsError() * f.rmsError()).sum());
          return new AnswerError(100, 0, error, error);
        };
    AccuracyBudget accuracy = new AccuracyBudget(0.98, budget, OptionalDouble.empty(), 0.1);
    return new DegreeSearch(fitters, accuracy, maxDepth, answers).run();
  }

  private static ActivationFitter fitter(ActivationKind kind, double low, double high) {
    ActivationInputs inputs = new ActivationInputs();
    inputs.include(new SplittableRandom(3).doubles(2000, low, high).toArray(), true);
    Interval interval = Interval.around(inputs.smallest(), inputs.largest(), 0.1);
    return new ActivationFitter(
        "node", new Activation(kind), inputs, 0.1, interval, RangeSource.CALIBRATION);
  }
}
