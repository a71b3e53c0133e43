package io.silenda.infer;

import io.silenda.infer.PrivateInferenceException.Reason;
import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.OnnxImportException;
import io.silenda.infer.graph.OnnxImporter;
import io.silenda.infer.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A model read from an ONNX file, ready to be compiled for encrypted rows.
 *
 * <p>Immutable. {@code PrivateModel.fromOnnx(path).compile(options)} is the whole way; calibration
 * rows make the compiler's ranges exact where they are to be had.
 */
public final class PrivateModel {
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
   * @throws PrivateInferenceException if an activation must be approximated and there is neither a
   *     calibration row nor a declared range of the inputs, or no polynomial within the accuracy
   *     budget, or calibration rows lie outside the declared range, or no secure parameters hold
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
    return new Compilation(name, graph, calibration, options).run();
  }
}
