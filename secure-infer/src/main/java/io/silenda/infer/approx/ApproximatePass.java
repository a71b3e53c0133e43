package io.silenda.infer.approx;

import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.PrivateInferenceException.Reason;
import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.GraphInterpreter;
import io.silenda.infer.graph.Node;
import io.silenda.infer.graph.Operator.Activation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Leaves only polynomials between the linear layers.
 *
 * <p>Polynomials of the network stay exact. Every other activation is replaced by a polynomial made
 * for the range that calibration rows show, or that a declared range of the inputs allows, of a
 * degree that an {@link AccuracyBudget} decides. Without either there is no range, so such a
 * network is refused; rows to be answered are never looked at.
 */
public final class ApproximatePass {
  /** What 868 bits hold at N=32768 with primes of about 33 bits. */
  private static final int MAX_LEVELS = 24;

  /** Rows on which candidates are compared and densities observed; ranges come from all rows. */
  private static final int MAX_COMPARED_ROWS = 400;

  /** Bounds depend on what polynomials before err, and these on their bounds. */
  private static final int MAX_ATTEMPTS = 6;

  private static final double ERROR_ROOM = 1.25;

  private final Graph graph;
  private final List<Node> activations;
  private final AccuracyBudget budget;
  private final List<double[]> compared = new ArrayList<>();
  private final List<double[]> expected = new ArrayList<>();

  private ApproximatePass(Graph graph, AccuracyBudget budget) {
    this.graph = graph;
    this.budget = budget;
    this.activations =
        graph.nodes().stream().filter(node -> node.operator() instanceof Activation).toList();
  }

  /**
   * Replaces every activation by what calibration rows show.
   *
   * @param calibration rows of the model's input, flattened; may be empty where every activation is
   *     a polynomial already
   * @throws PrivateInferenceException as {@link #run(Graph, KnownInputs, AccuracyBudget)}
   */
  public static ApproximatedGraph run(
      Graph graph, List<double[]> calibration, AccuracyBudget budget)
      throws PrivateInferenceException {
    return run(graph, KnownInputs.calibrated(calibration), budget);
  }

  /**
   * Replaces every activation.
   *
   * @throws PrivateInferenceException if there are activations and nothing is known of the inputs,
   *     or the budget cannot be met
   */
  public static ApproximatedGraph run(Graph graph, KnownInputs inputs, AccuracyBudget budget)
      throws PrivateInferenceException {
    return new ApproximatePass(graph, budget).run(inputs);
  }

  private ApproximatedGraph run(KnownInputs inputs) throws PrivateInferenceException {
    if (activations.isEmpty()) {
      return new ApproximatedGraph(graph, List.of(), AnswerError.none(), inputs.source());
    }
    if (inputs.rows().isEmpty()) {
      throw new PrivateInferenceException(
          Reason.ACTIVATION_NOT_POLYNOMIAL,
          "activations that are not polynomials need calibration rows, which show the range of their"
              + " inputs: "
              + activations.stream()
                  .map(ApproximatePass::describe)
                  .collect(Collectors.joining(", "))
              + "; give --calibration, train with x*x in their place, or use --mode plain");
    }
    List<ActivationInputs> observed = observe(inputs.rows());
    ActivationRanges ranges =
        new ActivationRanges(graph, activations, observed, inputs, budget.margin());
    ComparedAnswers answers = new ComparedAnswers(compared);
    Map<Integer, Double> errors = Map.of();
    for (int attempt = 1; ; attempt++) {
      List<Interval> intervals = ranges.intervals(errors);
      List<ActivationFitter> fitters = fitters(observed, intervals, inputs.source());
      requireVarying(fitters);
      int maxDepth = Math.max(1, MAX_LEVELS - activations.size());
      DegreeSearch.Result result =
          new DegreeSearch(fitters, budget, maxDepth, fits -> answerError(answers, fits)).run();
      boolean isPropagated = inputs.source() == RangeSource.PROPAGATED_BOUNDS;
      if (!result.withinBudget() || attempt > MAX_ATTEMPTS) {
        throw isPropagated ? tooWide(ranges, fitters, result) : outOfBudget(result);
      }
      errors = errors(result.fits());
      if (!isPropagated || ranges.hold(intervals, errors)) {
        return approximated(fitters, result, inputs.source());
      }
      errors.replaceAll((node, error) -> ERROR_ROOM * error);
    }
  }

  private ApproximatedGraph approximated(
      List<ActivationFitter> fitters, DegreeSearch.Result result, RangeSource source) {
    List<ActivationReport> reports = new ArrayList<>();
    for (int i = 0; i < fitters.size(); i++) {
      reports.add(fitters.get(i).report(result.fits().get(i)));
    }
    return new ApproximatedGraph(replaced(result.fits()), reports, result.error(), source);
  }

  private Map<Integer, Double> errors(List<Fit> fits) {
    Map<Integer, Double> errors = new HashMap<>();
    for (int i = 0; i < fits.size(); i++) {
      errors.put(activations.get(i).id(), fits.get(i).maxError());
    }
    return errors;
  }

  /** A constant layer would make an answer that is not encrypted, since it needs no input. */
  private void requireVarying(List<ActivationFitter> fitters) throws PrivateInferenceException {
    for (int i = 0; i < fitters.size(); i++) {
      if (fitters.get(i).isConstant()) {
        throw new PrivateInferenceException(
            Reason.UNSUPPORTED_MODEL,
            describe(activations.get(i))
                + " has one value on the whole range of the inputs, so that the answer does not"
                + " depend on the input: check that rows are scaled as in training");
      }
    }
  }

  /** Runs the network on all rows. */
  private List<ActivationInputs> observe(List<double[]> rows) {
    List<ActivationInputs> inputs =
        activations.stream().map(node -> new ActivationInputs()).toList();
    GraphInterpreter interpreter = new GraphInterpreter(graph);
    int stride = (rows.size() + MAX_COMPARED_ROWS - 1) / MAX_COMPARED_ROWS;
    for (int row = 0; row < rows.size(); row++) {
      Map<Integer, double[]> values = interpreter.evaluateAll(rows.get(row));
      boolean isCompared = row % stride == 0;
      for (int i = 0; i < activations.size(); i++) {
        inputs.get(i).include(valueOf(values, activations.get(i).inputs().get(0)), isCompared);
      }
      if (isCompared) {
        compared.add(rows.get(row));
        expected.add(valueOf(values, graph.outputId()));
      }
    }
    return inputs;
  }

  private List<ActivationFitter> fitters(
      List<ActivationInputs> observed, List<Interval> intervals, RangeSource source) {
    double margin = source == RangeSource.PROPAGATED_BOUNDS ? 0 : budget.margin();
    List<ActivationFitter> fitters = new ArrayList<>();
    for (int i = 0; i < activations.size(); i++) {
      Node node = activations.get(i);
      Activation function = (Activation) node.operator();
      fitters.add(
          new ActivationFitter(
              node.name(), function, observed.get(i), margin, intervals.get(i), source));
    }
    return fitters;
  }

  private static double[] valueOf(Map<Integer, double[]> values, int node) {
    double[] value = values.get(node);
    if (value == null) {
      throw new IllegalStateException("node " + node + " has no value");
    }
    return value;
  }

  private AnswerError answerError(ComparedAnswers answers, List<Fit> fits) {
    return AnswerError.between(answers.of(replaced(fits)), expected);
  }

  private Graph replaced(List<Fit> fits) {
    List<Node> nodes = new ArrayList<>(graph.nodes());
    for (int i = 0; i < fits.size(); i++) {
      Node node = activations.get(i);
      nodes.set(
          node.id(),
          new Node(
              node.id(), node.name(), fits.get(i).approximation(), node.inputs(), node.shape()));
    }
    return graph.withNodes(nodes, graph.inputId(), graph.outputId());
  }

  /** Names the activation whose range exceeds most what rows inside the declared box reach. */
  private PrivateInferenceException tooWide(
      ActivationRanges ranges, List<ActivationFitter> fitters, DegreeSearch.Result result) {
    int widest =
        IntStream.range(0, fitters.size())
            .boxed()
            .max(Comparator.comparingDouble(i -> fitters.get(i).excessWidth()))
            .orElseThrow();
    Interval interval = fitters.get(widest).interval();
    String reached =
        String.format(
            Locale.ROOT,
            " (best agreement %.1f %%, relative error %.3g)",
            100 * result.error().agreement(),
            result.error().relativeError());
    return ranges.tooWide(activations.get(widest), interval.low(), interval.high(), reached);
  }

  private PrivateInferenceException outOfBudget(DegreeSearch.Result result) {
    return new PrivateInferenceException(
        Reason.APPROXIMATION_TOO_COARSE,
        String.format(
            Locale.ROOT,
            "no polynomials within the level budget keep the answers on the calibration rows: best"
                + " agreement %.1f %%, relative error %.3g, largest error %.3g; allow a larger error,"
                + " or train with x*x in place of %s",
            100 * result.error().agreement(),
            result.error().relativeError(),
            result.error().maxAbsError(),
            activations.stream().map(ApproximatePass::describe).collect(Collectors.joining(", "))));
  }

  private static String describe(Node node) {
    return ((Activation) node.operator()).kind() + " (node " + node.name() + ")";
  }
}
