package io.silenda.infer.approx;

import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.PrivateInferenceException.Reason;
import io.silenda.infer.approx.TensorBounds.Ends;
import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.Node;
import io.silenda.infer.graph.Operator.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * On which interval each activation is approximated: what calibration rows show, with a margin;
 * what a declared range of the inputs allows; or the part that both have in common.
 */
final class ActivationRanges {
  /** Beyond this width, doubles do not resolve what a polynomial would have to. */
  private static final double MAX_WIDTH = 1e9;

  /** Room for what polynomials before an activation err, as a part of its bounds' width. */
  private static final double SLACK = 0.05;

  private final Graph graph;
  private final List<Node> activations;
  private final List<ActivationInputs> observed;
  private final KnownInputs inputs;
  private final double margin;

  ActivationRanges(
      Graph graph,
      List<Node> activations,
      List<ActivationInputs> observed,
      KnownInputs inputs,
      double margin) {
    this.graph = graph;
    this.activations = List.copyOf(activations);
    this.observed = List.copyOf(observed);
    this.inputs = inputs;
    this.margin = margin;
  }

  /**
   * One interval an activation.
   *
   * @param errors by node, what polynomials in the place of activations err by at most
   * @throws PrivateInferenceException if a propagated range is too wide for any polynomial
   */
  List<Interval> intervals(Map<Integer, Double> errors) throws PrivateInferenceException {
    Optional<RangePropagation> bounds =
        inputs.declared().map(range -> new RangePropagation(graph, range, errors));
    List<Interval> intervals = new ArrayList<>();
    for (int i = 0; i < activations.size(); i++) {
      intervals.add(
          bounds.isPresent()
              ? bounded(activations.get(i), observed.get(i), bounds.get())
              : calibrated(observed.get(i)));
    }
    return intervals;
  }

  /** Whether no activation leaves its interval while polynomials err as they do. */
  boolean hold(List<Interval> intervals, Map<Integer, Double> errors)
      throws PrivateInferenceException {
    List<Interval> needed = intervals(errors);
    for (int i = 0; i < intervals.size(); i++) {
      if (!intervals.get(i).contains(needed.get(i))) {
        return false;
      }
    }
    return true;
  }

  private Interval calibrated(ActivationInputs rows) {
    return Interval.around(rows.smallest(), rows.largest(), margin);
  }

  private Interval bounded(Node activation, ActivationInputs rows, RangePropagation propagation)
      throws PrivateInferenceException {
    Ends ends = propagation.of(activation.inputs().get(0)).all();
    boolean isUsable = ends.high() - ends.low() <= MAX_WIDTH;
    if (inputs.source() == RangeSource.CALIBRATION_WITHIN_BOUNDS) {
      Interval shown = calibrated(rows);
      return isUsable ? shown.within(Interval.around(ends.low(), ends.high(), 0), SLACK) : shown;
    }
    if (!isUsable) {
      throw tooWide(activation, ends.low(), ends.high(), "");
    }
    return Interval.around(ends.low(), ends.high(), 0);
  }

  /**
   * What is said where a propagated range is the reason of a refusal.
   *
   * @param reached what polynomials reached, in parentheses, or nothing
   */
  PrivateInferenceException tooWide(Node activation, double low, double high, String reached) {
    return new PrivateInferenceException(
        Reason.APPROXIMATION_TOO_COARSE,
        String.format(
            Locale.ROOT,
            "%s (node %s) may be given %.4g..%.4g where inputs lie in %s: too wide a range for a"
                + " polynomial within the accuracy budget%s; give --calibration rows, which show the"
                + " ranges that real inputs reach, or a narrower --input-range",
            ((Activation) activation.operator()).kind(),
            activation.name(),
            low,
            high,
            inputs.declared().map(InputRange::toString).orElse("any range"),
            reached));
  }
}
