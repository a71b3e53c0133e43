package io.silenda.infer.approx;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Chooses degrees within an accuracy budget and a level budget.
 *
 * <p>Levels are dear and degrees within one level are cheap: first the activations are deepened,
 * always the one that helps the answer most, each with the highest degree of its depth, until the
 * budget is met; depths that turn out to be needless are taken back; then each degree is lowered as
 * far as the budget allows.
 */
final class DegreeSearch {
  private static final int MAX_DEGREE = 63;

  private final List<ActivationFitter> fitters;
  private final AccuracyBudget budget;
  private final int maxDepth;
  private final Function<List<Fit>, AnswerError> answers;

  /**
   * @param maxDepth levels that all activations together may take
   * @param answers the answers' error for one fit of each activation
   */
  DegreeSearch(
      List<ActivationFitter> fitters,
      AccuracyBudget budget,
      int maxDepth,
      Function<List<Fit>, AnswerError> answers) {
    this.fitters = List.copyOf(fitters);
    this.budget = budget;
    this.maxDepth = maxDepth;
    this.answers = answers;
  }

  /**
   * What the search ended with.
   *
   * @param fits one for each activation
   * @param error the answers' error
   * @param withinBudget whether that is within the budget
   */
  record Result(List<Fit> fits, AnswerError error, boolean withinBudget) {}

  Result run() {
    Result result = result(fitters.stream().map(DegreeSearch::first).toList());
    while (!result.withinBudget()) {
      Optional<Result> deeper = deepened(result);
      if (deeper.isEmpty()) {
        return result;
      }
      result = deeper.get();
    }
    for (int i = 0; i < fitters.size(); i++) {
      result = shallower(result, i);
    }
    for (int i = fitters.size() - 1; i >= 0; i--) {
      result = lowered(result, i);
    }
    return result;
  }

  private static Fit first(ActivationFitter fitter) {
    return fitter.fit(fitter.isLinear() ? 1 : 2, Method.LEAST_SQUARES);
  }

  /** The result with the one activation deepened that then leaves the smallest error. */
  private Optional<Result> deepened(Result from) {
    List<Result> candidates = new ArrayList<>();
    for (int i = 0; i < fitters.size(); i++) {
      Fit fit = from.fits().get(i);
      int depth = Math.max(2, fit.depth() + 1);
      int degree = (1 << depth) - 1;
      int total = from.fits().stream().mapToInt(Fit::depth).sum() - fit.depth() + depth;
      if (!fitters.get(i).isLinear() && degree <= MAX_DEGREE && total <= maxDepth) {
        candidates.add(better(from.fits(), i, degree));
      }
    }
    return candidates.stream().min(Comparator.comparingDouble(r -> r.error().relativeError()));
  }

  private Result shallower(Result from, int i) {
    Result result = from;
    while (result.fits().get(i).depth() > 1) {
      int depth = result.fits().get(i).depth() - 1;
      Result next = better(result.fits(), i, depth == 1 ? 2 : (1 << depth) - 1);
      if (!next.withinBudget()) {
        break;
      }
      result = next;
    }
    return result;
  }

  private Result lowered(Result from, int i) {
    Result result = from;
    while (result.fits().get(i).degree() > 2) {
      Result next = better(result.fits(), i, result.fits().get(i).degree() - 1);
      if (!next.withinBudget()) {
        break;
      }
      result = next;
    }
    return result;
  }

  /** One activation at another degree, fitted by the method that leaves the smaller error. */
  private Result better(List<Fit> fits, int i, int degree) {
    Result leastSquares = with(fits, i, fitters.get(i).fit(degree, Method.LEAST_SQUARES));
    Result minimax = with(fits, i, fitters.get(i).fit(degree, Method.MINIMAX));
    if (leastSquares.withinBudget() != minimax.withinBudget()) {
      return leastSquares.withinBudget() ? leastSquares : minimax;
    }
    return minimax.error().relativeError() < leastSquares.error().relativeError()
        ? minimax
        : leastSquares;
  }

  private Result with(List<Fit> fits, int i, Fit fit) {
    List<Fit> changed = new ArrayList<>(fits);
    changed.set(i, fit);
    return result(changed);
  }

  private Result result(List<Fit> fits) {
    AnswerError error = answers.apply(fits);
    return new Result(fits, error, budget.allows(error));
  }
}
