package io.silenda.infer;

import io.silenda.infer.PrivateInferenceException.Reason;
import io.silenda.infer.approx.AccuracyBudget;
import io.silenda.infer.approx.ApproximatePass;
import io.silenda.infer.approx.ApproximatedGraph;
import io.silenda.infer.approx.KnownInputs;
import io.silenda.infer.approx.WorstCaseSearch;
import io.silenda.infer.cost.CostFile;
import io.silenda.infer.cost.CostModel;
import io.silenda.infer.cost.MachineCosts;
import io.silenda.infer.graph.Graph;
import io.silenda.infer.packing.Lowering;
import io.silenda.infer.packing.Lowering.Fusion;
import io.silenda.infer.packing.StageGraph;
import io.silenda.infer.schedule.NoiseForecast;
import io.silenda.infer.schedule.SchedulePass;
import io.silenda.infer.schedule.ScheduledProgram;
import io.silenda.infer.simulate.SimulatedProgram;
import io.silenda.infer.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** One way through the compiler's passes: approximate, lower, pack, schedule, bound the error. */
final class Compilation {
  /** Answers may outgrow those of made rows by this factor before they are refused. */
  private static final double HEADROOM_WITHOUT_CALIBRATION = 8;

  private static final double HEADROOM_WITH_CALIBRATION = 4;

  private static final double APPROXIMATION_PART = 0.75;

  /** How far a search may stay below the worst input inside the box. */
  private static final double SEARCH_MARGIN = 1.25;

  /** Four units in the last place of a 32-bit float. */
  private static final double FLOAT_ROUNDING = 0x1p-21;

  private final String name;
  private final Graph graph;
  private final Optional<Tensor> calibration;
  private final KnownInputs inputs;
  private final CompileOptions options;

  /**
   * @throws PrivateInferenceException if calibration rows lie outside the declared range of inputs
   */
  Compilation(String name, Graph graph, Optional<Tensor> calibration, CompileOptions options)
      throws PrivateInferenceException {
    this.name = name;
    this.graph = graph;
    this.calibration = calibration;
    this.options = options;
    this.inputs = InputRanges.known(graph, calibration, options.inputRange());
  }

  CompiledModel run() throws PrivateInferenceException {
    ApproximatedGraph approximated = ApproximatePass.run(graph, inputs, accuracyBudget());
    SchedulePass fused = schedulePass(Lowering.run(approximated.graph()), approximated);
    requireFloatsHold(fused);
    Scheduled first = schedule(fused, approximated);
    StageGraph sparse = Lowering.run(approximated.graph(), Fusion.SPARSE);
    Optional<SchedulePass> apart =
        sparse.levels().depth() > first.program().program().levels().depth()
            ? Optional.of(schedulePass(sparse, approximated))
            : Optional.empty();
    if (options.objective().isPresent()) {
      return compiled(approximated, suited(options.objective().get(), first, apart));
    }
    return compiled(approximated, apart.map(pass -> faster(first, pass)).orElse(first));
  }

  private Scheduled suited(Objective objective, Scheduled first, Optional<SchedulePass> apart) {
    OptionalInt batch =
        options.batch().isPresent()
            ? OptionalInt.of(roundedUp(options.batch().getAsInt()))
            : OptionalInt.empty();
    List<SchedulePass> passes = Stream.concat(Stream.of(first.pass()), apart.stream()).toList();
    return new ObjectiveSearch(objective, batch, new CostModel(CostFile.current()))
        .best(first, passes);
  }

  /**
   * Where the last layer's products outgrow one prime, a stage behind it makes room for two; where
   * that does not reach the default error either, a larger one is accepted, and reported.
   */
  private Scheduled schedule(SchedulePass pass, ApproximatedGraph approximated)
      throws PrivateInferenceException {
    Optional<Scheduled> found = tried(pass);
    if (found.isPresent()) {
      return found.get();
    }
    SchedulePass roomier = schedulePass(pass.stages().withAnswerStage(), approximated);
    return tried(roomier)
        .or(() -> isBounded() ? Optional.empty() : tried(roomier.relaxed()))
        .orElseThrow(() -> nothingFits(pass));
  }

  private boolean isBounded() {
    return options.maxError().isPresent() || options.sharing().isPresent();
  }

  private Optional<Scheduled> tried(SchedulePass pass) {
    return schedule(pass).map(program -> new Scheduled(pass, program));
  }

  private Optional<ScheduledProgram> schedule(SchedulePass pass) {
    return options.batch().isPresent()
        ? pass.run(roundedUp(options.batch().getAsInt()))
        : pass.runWithFreeBatch();
  }

  private CompiledModel compiled(ApproximatedGraph approximated, Scheduled scheduled) {
    NoiseForecast forecast = scheduled.pass().forecast(scheduled.program());
    double found =
        approximated.activations().isEmpty()
            ? 0
            : WorstCaseSearch.largestError(graph, approximated.graph(), inputs.rows());
    return new CompiledModel(
        name,
        approximated,
        scheduled.program(),
        options,
        new SimulatedProgram(scheduled.pass().stages(), scheduled.program(), forecast),
        new ErrorBound(forecast.bound() + floatRounding(scheduled.pass()), SEARCH_MARGIN * found));
  }

  /** Answers are 32-bit floats, and so are the sums that they are held against. */
  private static double floatRounding(SchedulePass pass) {
    return FLOAT_ROUNDING * pass.answerRange();
  }

  private void requireFloatsHold(SchedulePass pass) throws PrivateInferenceException {
    if (options.maxError().orElse(Double.POSITIVE_INFINITY) < floatRounding(pass)) {
      throw new PrivateInferenceException(
          Reason.NO_PARAMETERS,
          String.format(
              Locale.ROOT,
              "answers of up to %.2g are 32-bit floats, whose rounding alone may reach %.2g: allow a"
                  + " larger error",
              pass.answerRange(),
              floatRounding(pass)));
    }
  }

  private SchedulePass schedulePass(StageGraph stages, ApproximatedGraph approximated) {
    return new SchedulePass(
        stages,
        inputs.rows().isEmpty()
            ? SampleRows.made(stages.inputSize())
            : SampleRows.spread(inputs.rows()),
        calibration.isPresent() ? HEADROOM_WITH_CALIBRATION : HEADROOM_WITHOUT_CALIBRATION,
        noiseBudget(approximated),
        options.flooding());
  }

  /** A program of more levels in the same ring, if it takes less time. */
  private Scheduled faster(Scheduled scheduled, SchedulePass pass) {
    int degree = scheduled.program().parameters().polyModulusDegree();
    Optional<ScheduledProgram> other =
        options.batch().isPresent()
            ? pass.runIn(degree, roundedUp(options.batch().getAsInt()))
            : pass.runWithFreeBatchIn(degree);
    return other
        .filter(candidate -> millisPerRow(candidate) < millisPerRow(scheduled.program()))
        .map(candidate -> new Scheduled(pass, candidate))
        .orElse(scheduled);
  }

  /** By built-in times, so that one network becomes one program on every machine. */
  private static double millisPerRow(ScheduledProgram program) {
    return new CostModel(MachineCosts.builtIn()).millis(program) / program.program().batch();
  }

  /** Of an error bound, approximation may take the larger part: precision is cheaper than depth. */
  private AccuracyBudget accuracyBudget() {
    return options.maxError().isPresent()
        ? options.accuracy().withMaxAbsError(APPROXIMATION_PART * options.maxError().getAsDouble())
        : options.accuracy();
  }

  private OptionalDouble noiseBudget(ApproximatedGraph approximated) {
    double asked =
        options.maxError().orElse(Double.POSITIVE_INFINITY)
            - approximated.answerError().maxAbsError();
    double shared = options.sharing().map(Sharing::answerMaxError).orElse(asked);
    double least = Math.min(asked, shared);
    return least == Double.POSITIVE_INFINITY ? OptionalDouble.empty() : OptionalDouble.of(least);
  }

  private static int roundedUp(int batch) {
    return batch <= 1 ? 1 : Integer.highestOneBit(batch - 1) << 1;
  }

  private PrivateInferenceException nothingFits(SchedulePass pass) {
    if (options.batch().isPresent() && options.batch().getAsInt() > 1 && pass.run(1).isPresent()) {
      return new PrivateInferenceException(
          Reason.BATCH_TOO_LARGE,
          "batch "
              + options.batch().getAsInt()
              + " does not fit into one ciphertext: use a smaller one");
    }
    return new PrivateInferenceException(
        Reason.NO_PARAMETERS,
        "no 128-bit parameters up to N=65536 hold this network: " + pass.refusal());
  }
}
