package io.silenda.infer;

import io.silenda.infer.plain.PlainModel;
import io.silenda.infer.plain.PlainModelException;
import io.silenda.infer.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * Runs a model over rows in one process, client and server side by side, beside ONNX Runtime.
 *
 * <p>Not safe for use by several threads at once. The plain model stays the caller's to close.
 */
public final class InferenceRunner {
  private final PrivateModel model;
  private final PlainModel plain;

  /**
   * Prepares runs of a model.
   *
   * @param plain the same model in ONNX Runtime: the baseline
   */
  public InferenceRunner(PrivateModel model, PlainModel plain) {
    this.model = model;
    this.plain = plain;
  }

  /**
   * Runs ONNX Runtime in the clear.
   *
   * @throws PrivateInferenceException if the rows do not have the model's shape
   * @throws PlainModelException if ONNX Runtime fails
   */
  public InferenceReport runPlain(Tensor rows)
      throws PrivateInferenceException, PlainModelException {
    Tensor input = model.conform(rows);
    long start = System.nanoTime();
    PlainModel.Result result = plain.run(input);
    double millis = Stopwatch.millisSince(start);
    return new InferenceReport(
        Mode.PLAIN,
        result.firstFloatOutput(),
        1,
        0,
        0,
        List.of(millis),
        0,
        0,
        0,
        0,
        0,
        0,
        "none: in the clear",
        Guarantee.of(Mode.PLAIN),
        List.of(),
        0,
        List.of(),
        List.of(),
        Optional.empty());
  }

  /** Rows in the model's shape, within the range that they were declared to lie in. */
  private Tensor inside(Tensor rows, CompileOptions options) throws PrivateInferenceException {
    Tensor input = model.conform(rows);
    if (options.inputRange().isPresent()) {
      InputRanges.requireInside(input, options.inputRange().get(), "row");
    }
    return input;
  }

  /**
   * Encrypts the rows, evaluates them group by group and decrypts the answers.
   *
   * @param threads threads that the server computes on at once, on one group or on several
   * @throws PrivateInferenceException if the model cannot be compiled, the rows do not fit it, or
   *     an answer outgrew the modulus
   */
  public InferenceReport runEncrypted(
      Tensor rows, CompileOptions options, int threads, Progress progress)
      throws PrivateInferenceException, PlainModelException {
    Tensor input = inside(rows, options);
    long start = System.nanoTime();
    progress.update("compile", 0, 1);
    CompiledModel compiled = model.compile(options);
    progress.update("compile", 1, 1);
    try (EncryptedRun run = new EncryptedRun(compiled, progress)) {
      double setupMillis = Stopwatch.millisSince(start);
      run.evaluate(input, threads);
      Tensor core = run.core();
      Tensor expected = plain.run(input).coreTensor();
      return new InferenceReport(
          Mode.HE,
          Tails.apply(model.graph().tail(), core),
          Agreement.argmax(core, expected),
          Agreement.maxAbsError(core, expected),
          run.encryptMillis(),
          run.serverMillis(),
          compiled.predictedMillis(),
          run.decryptMillis(),
          setupMillis,
          run.requestBytes(),
          run.responseBytes(),
          run.evaluationKeyBytes(),
          compiled.parameters().toString(),
          compiled.guarantee(),
          compiled.activations(),
          compiled.rowsOutOfRange(input),
          List.of(),
          run.layerMillis(),
          Optional.of(compiled));
    }
  }

  /**
   * Runs the compiled program in the clear: its polynomials, with the noise that the noise model
   * predicts. Bytes are those that an encrypted run would send; times are this run's own.
   *
   * @throws PrivateInferenceException if the model cannot be compiled or the rows do not fit it
   */
  public InferenceReport runSimulated(Tensor rows, CompileOptions options, Progress progress)
      throws PrivateInferenceException, PlainModelException {
    Tensor input = inside(rows, options);
    long start = System.nanoTime();
    progress.update("compile", 0, 1);
    CompiledModel compiled = model.compile(options);
    CompilationReport costs = compiled.report();
    progress.update("compile", 1, 1);
    double setupMillis = Stopwatch.millisSince(start);
    SimulatedRun run = new SimulatedRun(compiled.simulation(), costs.rowsPerRequest());
    Tensor core = run.answer(input);
    Tensor expected = plain.run(input).coreTensor();
    return new InferenceReport(
        Mode.SIMULATE,
        Tails.apply(model.graph().tail(), core),
        Agreement.argmax(core, expected),
        Agreement.maxAbsError(core, expected),
        0,
        run.groupMillis(),
        costs.predictedMillis(),
        0,
        setupMillis,
        costs.requestBytes(),
        costs.responseBytes(),
        costs.evaluationKeyBytes(),
        compiled.parameters().toString(),
        Guarantee.of(Mode.SIMULATE),
        compiled.activations(),
        compiled.rowsOutOfRange(input),
        run.layers(),
        List.of(),
        Optional.of(compiled));
  }
}
