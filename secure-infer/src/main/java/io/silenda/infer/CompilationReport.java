package io.silenda.infer;

import io.silenda.infer.approx.ActivationReport;
import io.silenda.infer.approx.AnswerError;
import io.silenda.infer.approx.InputRange;
import io.silenda.infer.approx.RangeSource;
import java.util.List;
import java.util.Optional;

/**
 * What a model became when it was compiled, and what it will cost.
 *
 * @param model name of the model
 * @param modelDigest names the model in keys and requests
 * @param parameters encryption parameters, for people
 * @param rowsPerRequest rows that one ciphertext is given
 * @param predictedMaxError predicted largest error of an answer from encryption: four standard
 *     deviations
 * @param approximationError what approximated activations do to the calibration rows, or to made
 *     rows inside the declared range of the inputs
 * @param ranges where the ranges of approximated activations come from
 * @param inputRange the declared range of the inputs
 * @param errorBound what no answer errs by
 * @param layers the layers in order
 * @param activations the approximated activations
 * @param requestBytes bytes of one ciphertext of a request
 * @param responseBytes bytes of one ciphertext of a response
 * @param evaluationKeyBytes bytes of the file of evaluation keys
 * @param rotationKeys how many of them are rotation keys
 * @param keyMemoryBytes native memory of the keys in the server
 * @param weightMemoryBytes native memory of the encoded weights
 * @param predictedMillis predicted milliseconds of one ciphertext on one thread: the layers, and
 *     the answer's fresh randomness and noise
 * @param isMachineMeasured whether operations were timed on this machine, or built-in times stand
 *     in
 * @param security modulus against the table
 * @param guarantee who learns what
 */
public record CompilationReport(
    String model,
    String modelDigest,
    String parameters,
    int rowsPerRequest,
    double predictedMaxError,
    AnswerError approximationError,
    RangeSource ranges,
    Optional<InputRange> inputRange,
    ErrorBound errorBound,
    List<LayerReport> layers,
    List<ActivationReport> activations,
    long requestBytes,
    long responseBytes,
    long evaluationKeyBytes,
    int rotationKeys,
    long keyMemoryBytes,
    long weightMemoryBytes,
    double predictedMillis,
    boolean isMachineMeasured,
    SecurityReport security,
    Guarantee guarantee) {

  /** Copies the lists. */
  public CompilationReport {
    layers = List.copyOf(layers);
    activations = List.copyOf(activations);
  }
}
