package io.silenda.infer;

import io.silenda.he.CkksContext;
import io.silenda.he.CkksParameters;
import io.silenda.he.wire.Digest;
import io.silenda.he.wire.EvaluationKeysCodec;
import io.silenda.he.wire.RequestCodec;
import io.silenda.he.wire.ResponseCodec;
import io.silenda.infer.approx.ActivationReport;
import io.silenda.infer.approx.AnswerError;
import io.silenda.infer.approx.ApproximatedGraph;
import io.silenda.infer.approx.RangeCheck;
import io.silenda.infer.bundle.Bundles;
import io.silenda.infer.cost.CostFile;
import io.silenda.infer.cost.CostModel;
import io.silenda.infer.graph.Graph;
import io.silenda.infer.packing.PackedLinear;
import io.silenda.infer.packing.PackedPolynomial;
import io.silenda.infer.packing.PackedStep;
import io.silenda.infer.schedule.NativeBytes;
import io.silenda.infer.schedule.ScheduledProgram;
import io.silenda.infer.simulate.SimulatedProgram;
import io.silenda.infer.tensor.Tensor;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A model compiled for encrypted rows: what the client gets, what the server gets, and a report of
 * both. Immutable.
 */
public final class CompiledModel {
  private final String name;
  private final Digest modelDigest;
  private final Graph graph;
  private final ApproximatedGraph approximation;
  private final ScheduledProgram program;
  private final CompileOptions options;
  private final SimulatedProgram simulation;
  private final ErrorBound errorBound;

  CompiledModel(
      String name,
      ApproximatedGraph approximation,
      ScheduledProgram program,
      CompileOptions options,
      SimulatedProgram simulation,
      ErrorBound errorBound) {
    this.name = name;
    this.modelDigest = Bundles.modelDigest(program);
    this.graph = approximation.graph();
    this.approximation = approximation;
    this.program = program;
    this.options = options;
    this.simulation = simulation;
    this.errorBound = errorBound;
  }

  /** The network that is computed under encryption, approximations in the place of activations. */
  Graph graph() {
    return graph;
  }

  /** Encryption parameters. */
  public CkksParameters parameters() {
    return program.parameters();
  }

  /** Rows that one request holds. */
  public int batch() {
    return options.batch().orElse(program.program().batch());
  }

  /** What stands in the place of each approximated activation. */
  public List<ActivationReport> activations() {
    return approximation.activations();
  }

  /**
   * What approximated activations do to the answers on the calibration rows, without encryption.
   */
  public AnswerError approximationError() {
    return approximation.answerError();
  }

  /**
   * Predicted largest error of an answer from encryption: four standard deviations of the noise
   * model. The {@linkplain #approximationError() error of approximation} comes on top.
   */
  public double predictedMaxError() {
    return program.predictedMaxError();
  }

  /** What no element of an answer errs by, on rows like those of calibration. */
  public ErrorBound errorBound() {
    return errorBound;
  }

  /** The program as it runs in the clear, with the noise that encryption would add. */
  SimulatedProgram simulation() {
    return simulation;
  }

  /**
   * Answers rows in the clear, with the noise that encryption would add: the tensor that a client
   * would decrypt.
   *
   * @param rows rows of the model's input
   */
  public Tensor simulate(Tensor rows) {
    return new SimulatedRun(simulation, clientBundle().rowsPerRequest()).answer(rows);
  }

  /**
   * How many rows in the clear give some polynomial an argument outside of the interval that it was
   * made for. Their answers are those of a polynomial that diverges, which nobody notices under
   * encryption unless they outgrow the modulus.
   *
   * @param rows rows of the model's input
   */
  public int rowsOutOfRange(Tensor rows) {
    return RangeCheck.rowsOutside(graph, SampleRows.all(rows));
  }

  /** What the client needs: no weight. */
  public ClientBundle clientBundle() {
    return new ClientBundle(
        name,
        modelDigest,
        graph.modelInterface().inputShape().dimensions(),
        program.parameters(),
        program.keyPlan(),
        program.program().input(),
        program.program().output(),
        Math.min(batch(), program.program().batch()),
        program.inputLog2Scale(),
        program.answerLog2Scale(),
        predictedMaxError(),
        graph.tail(),
        options.flooding(),
        options.sharing());
  }

  /** What the server needs: no key. */
  public ServerBundle serverBundle() {
    return new ServerBundle(program, modelDigest);
  }

  /** Predicted milliseconds of one ciphertext of rows on one thread. */
  double predictedMillis() {
    return new CostModel(CostFile.current()).millis(program);
  }

  /** Who learns what when it runs on encrypted rows. */
  public Guarantee guarantee() {
    return Guarantee.encrypted(options.flooding(), options.sharing());
  }

  /** What it will cost, and who learns what. */
  public CompilationReport report() {
    CostModel costs = new CostModel(CostFile.current());
    List<LayerReport> layers = LayerReports.of(program, costs, simulation, activations());
    try (CkksContext context = CkksContext.create(program.parameters())) {
      return new CompilationReport(
          name,
          modelDigest.toString(),
          program.parameters().toString(),
          clientBundle().rowsPerRequest(),
          predictedMaxError(),
          approximationError(),
          approximation.ranges(),
          options.inputRange(),
          errorBound,
          layers,
          activations(),
          RequestCodec.frameBytes(context, program.parameters().maxLevel(), true),
          ResponseCodec.roundedFrameBytes(context, 2, program.answerDroppedBits()),
          EvaluationKeysCodec.frameBytes(context, program.keyPlan()),
          program.keyPlan().rotationLevels().size(),
          NativeBytes.ofKeys(program),
          NativeBytes.ofWeights(program),
          costs.millis(program),
          costs.isMeasured(),
          SecurityReport.of(program.parameters()),
          guarantee());
    }
  }

  /** The imported graph and the scheduled program, for people to read. */
  public String dumpIr() {
    StringBuilder text = new StringBuilder(graph.toString()).append("\n\n");
    text.append(program.parameters()).append(", batch ").append(program.program().batch());
    text.append(", predicted error ").append(String.format("%.2g", predictedMaxError()));
    for (int i = 0; i < program.program().steps().size(); i++) {
      text.append('\n').append(describe(i)).append(" -> %").append(i + 1);
    }
    return text.toString();
  }

  private String describe(int index) {
    PackedStep step = program.program().steps().get(index);
    String levels =
        step.operands().stream().map(operand -> "%" + operand).collect(Collectors.joining(", "))
            + ": level "
            + program.level(index)
            + (program.rescales(index) ? ", rescale" : "");
    if (step instanceof PackedLinear linear) {
      return describe(linear, index, levels);
    } else if (step instanceof PackedPolynomial polynomial && !polynomial.isSquare()) {
      return String.format(
          "  degree %-2d %s %s, %d levels, result at 2^%.1f",
          polynomial.polynomial().degree(),
          step.name(),
          levels,
          step.depth(),
          program.stepLog2Scales().get(index));
    }
    String kind = step instanceof PackedPolynomial ? "square  " : "product ";
    return "  " + kind + " " + step.name() + " " + levels + ", 1 relinearization";
  }

  private String describe(PackedLinear linear, int index, String levels) {
    return String.format(
        "  linear   %s %s, weights at 2^%.1f, %d blocks, %d diagonals, %d rotations, %d folds",
        linear.name(),
        levels,
        program.stepLog2Scales().get(index),
        linear.blocks().size(),
        linear.diagonalCount(),
        linear.rotationCount(),
        linear.foldCount());
  }
}
