package io.silenda.infer;

import io.silenda.infer.PrivateInferenceException.Reason;
import io.silenda.infer.approx.AccuracyBudget;
import io.silenda.infer.approx.ApproximatePass;
import io.silenda.infer.approx.ApproximatedGraph;
import io.silenda.infer.approx.WorstCaseSearch;
import io.silenda.infer.cost.CostModel;
import io.silenda.infer.cost.MachineCosts;
import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.OnnxImportException;
import io.silenda.infer.graph.OnnxImporter;
import io.silenda.infer.packing.Lowering;
import io.silenda.infer.packing.Lowering.Fusion;
import io.silenda.infer.packing.StageGraph;
import io.silenda.infer.schedule.NoiseForecast;
import io.silenda.infer.schedule.SchedulePass;
import io.silenda.infer.schedule.ScheduledProgram;
import io.silenda.infer.simulate.SimulatedProgram;
import io.silenda.infer.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A model read from an ONNX file, ready to be compiled for encrypted rows.
 *
 * <p>Immutable. {@code PrivateModel.fromOnnx(path).compile(options)} is the whole way; calibration
 * rows make the compiler's ranges exact where they are to be had.
 */
public final class PrivateModel {
  /** Answers may outgrow those of made rows by this factor before they are refused. */
  private static final double HEADROOM_WITHOUT_CALIBRATION = 8;

  private static final double HEADROOM_WITH_CALIBRATION = 4;

  private static final double APPROXIMATION_PART = 0.75;

  /** How far a search may stay below the worst input inside the box. */
  private static final double SEARCH_MARGIN = 1.25;

  private static final int MAX_ATTEMPTS = 5;
  private static final double AIM_BELOW = 0.9;

  private final String name;

  private final Graph graph;
  private final Optional<Tensor> calibration;

  private PrivateModel(String name, Graph graph, Optional<Tensor> calibration) {
    this.name = name;
    this.graph = graph;
    this.calibration = calibration;
  }

  /**
   * Reads a model.
   *
   * @throws OnnxImportException if the file cannot be read or holds what cannot be imported; the
   *     message names every unsupported operator
   */
  public static PrivateModel fromOnnx(Path path) throws OnnxImportException {
    return new PrivateModel(
        String.valueOf(path.getFileName()), OnnxImporter.read(path), Optional.empty());
  }

  /** The imported network. */
  public Graph graph() {
    return graph;
  }

  /** Shape of one input row. */
  public List<Integer> inputShape() {
    return graph.modelInterface().inputShape().dimensions();
  }

  /**
   * The same model with rows that show the range of its inputs: activations that are no polynomials
   * are approximated on the range and density that these rows give them.
   *
   * @param rows rows of the model's input
   * @throws PrivateInferenceException if the rows do not have the model's shape
   */
  public PrivateModel calibrate(Tensor rows) throws PrivateInferenceException {
    return new PrivateModel(name, graph, Optional.of(conform(rows)));
  }

  /**
   * Rows in the shape that the model takes: as they are, or reshaped from a flat row of equal size.
   *
   * @throws PrivateInferenceException if they cannot be
   */
  public Tensor conform(Tensor rows) throws PrivateInferenceException {
    return InputShapes.conform(rows, inputShape());
  }

  /**
   * Compiles the model for encrypted rows: polynomials, packing, parameters, scales.
   *
   * @throws PrivateInferenceException if an activation must be approximated and there are no
   *     calibration rows or no polynomials within the accuracy budget, or no secure parameters hold
   *     the network within the error asked for; an error that is asked for bounds the sum of {@link
   *     ErrorBound}
   */
  public CompiledModel compile(CompileOptions options) throws PrivateInferenceException {
    CompiledModel compiled = compileOnce(options);
    if (options.maxError().isEmpty()) {
      return compiled;
    }
    double asked = options.maxError().getAsDouble();
    double aim = asked;
    for (int attempt = 1; compiled.errorBound().total() > asked; attempt++) {
      if (attempt == MAX_ATTEMPTS) {
        throw new PrivateInferenceException(
            Reason.APPROXIMATION_TOO_COARSE,
            String.format(
                Locale.ROOT,
                "an answer may err by %.2g (%.2g by encryption, %.2g by polynomials in the place of"
                    + " activations), %.2g was asked for: allow a larger error, or train with x*x",
                compiled.errorBound().total(),
                compiled.errorBound().encryption(),
                compiled.errorBound().approximation(),
                asked));
      }
      aim *= AIM_BELOW * asked / compiled.errorBound().total();
      compiled = compileOnce(options.withMaxError(aim));
    }
    return compiled;
  }

  private CompiledModel compileOnce(CompileOptions options) throws PrivateInferenceException {
    List<double[]> rows = calibration.map(SampleRows::all).orElseGet(List::of);
    ApproximatedGraph approximated = ApproximatePass.run(graph, rows, accuracyBudget(options));
    SchedulePass fused = schedulePass(Lowering.run(approximated.graph()), options, approximated);
    ScheduledProgram first = schedule(fused, options);
    StageGraph sparse = Lowering.run(approximated.graph(), Fusion.SPARSE);
    if (sparse.levels().depth() <= first.program().levels().depth()) {
      return compiled(options, approximated, fused, first);
    }
    SchedulePass apart = schedulePass(sparse, options, approximated);
    ScheduledProgram better = faster(first, apart, options);
    return compiled(options, approximated, better.equals(first) ? fused : apart, better);
  }

  private CompiledModel compiled(
      CompileOptions options,
      ApproximatedGraph approximated,
      SchedulePass schedule,
      ScheduledProgram program) {
    NoiseForecast forecast = schedule.forecast(program);
    double found =
        approximated.activations().isEmpty()
            ? 0
            : WorstCaseSearch.largestError(
                graph, approximated.graph(), calibration.map(SampleRows::all).orElseGet(List::of));
    return new CompiledModel(
        name,
        approximated,
        program,
        options,
        new SimulatedProgram(schedule.stages(), program, forecast),
        new ErrorBound(forecast.bound(), SEARCH_MARGIN * found));
  }

  private SchedulePass schedulePass(
      StageGraph stages, CompileOptions options, ApproximatedGraph approximated) {
    return new SchedulePass(
        stages,
        calibration.map(SampleRows::from).orElseGet(() -> SampleRows.made(stages.inputSize())),
        calibration.isPresent() ? HEADROOM_WITH_CALIBRATION : HEADROOM_WITHOUT_CALIBRATION,
        noiseBudget(options, approximated));
  }

  private static ScheduledProgram schedule(SchedulePass schedule, CompileOptions options)
      throws PrivateInferenceException {
    Optional<ScheduledProgram> scheduled =
        options.batch().isPresent()
            ? schedule.run(roundedUp(options.batch().getAsInt()))
            : schedule.runWithFreeBatch();
    return scheduled.orElseThrow(() -> nothingFits(options, schedule));
  }

  /** A program of more levels in the same ring, if it takes less time. */
  private static ScheduledProgram faster(
      ScheduledProgram program, SchedulePass schedule, CompileOptions options) {
    int degree = program.parameters().polyModulusDegree();
    Optional<ScheduledProgram> other =
        options.batch().isPresent()
            ? schedule.runIn(degree, roundedUp(options.batch().getAsInt()))
            : schedule.runWithFreeBatchIn(degree);
    return other
        .filter(candidate -> millisPerRow(candidate) < millisPerRow(program))
        .orElse(program);
  }

  /** By built-in times, so that one network becomes one program on every machine. */
  private static double millisPerRow(ScheduledProgram program) {
    return new CostModel(MachineCosts.builtIn())
            .stepMillis(program).stream().mapToDouble(Double::doubleValue).sum()
        / program.program().batch();
  }

  /** Of an error bound, approximation may take the larger part: precision is cheaper than depth. */
  private static AccuracyBudget accuracyBudget(CompileOptions options) {
    return options.maxError().isPresent()
        ? options.accuracy().withMaxAbsError(APPROXIMATION_PART * options.maxError().getAsDouble())
        : options.accuracy();
  }

  private static OptionalDouble noiseBudget(
      CompileOptions options, ApproximatedGraph approximated) {
    return options.maxError().isPresent()
        ? OptionalDouble.of(
            options.maxError().getAsDouble() - approximated.answerError().maxAbsError())
        : OptionalDouble.empty();
  }

  private static int roundedUp(int batch) {
    return batch <= 1 ? 1 : Integer.highestOneBit(batch - 1) << 1;
  }

  private static PrivateInferenceException nothingFits(
      CompileOptions options, SchedulePass schedule) {
    if (options.batch().isPresent()
        && options.batch().getAsInt() > 1
        && schedule.run(1).isPresent()) {
      return new PrivateInferenceException(
          Reason.BATCH_TOO_LARGE,
          "batch "
              + options.batch().getAsInt()
              + " does not fit into one ciphertext: use a smaller one");
    }
    return new PrivateInferenceException(
        Reason.NO_PARAMETERS,
        "no 128-bit parameters up to N=65536 hold this network: " + schedule.refusal());
  }
}
