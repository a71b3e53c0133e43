package io.silenda.infer;

import io.silenda.infer.approx.ActivationReport;
import io.silenda.infer.simulate.LayerTrace;
import io.silenda.infer.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * What a run gave and what it cost.
 *
 * @param mode how the rows were evaluated
 * @param output the model's first float output, one row for each input row
 * @param argmaxAgreement fraction of rows whose largest output is ONNX Runtime's; with one column,
 *     of rows whose logit has the same sign
 * @param maxAbsErrorVsPlain largest difference from ONNX Runtime on the tensor before the client
 *     tail
 * @param clientEncryptMillis client time to encrypt all rows
 * @param serverComputeMillis server time for each ciphertext group
 * @param predictedComputeMillis what the cost model predicts for a ciphertext group on one thread;
 *     0 where nothing is encrypted
 * @param clientDecryptMillis client time to decrypt all answers
 * @param setupMillis compilation, key generation and encoding of weights
 * @param requestBytes bytes of one ciphertext of a request
 * @param responseBytes bytes of one ciphertext of a response
 * @param evaluationKeyBytes bytes of the evaluation keys and the public key, as they are sent
 * @param parameters encryption parameters, for people
 * @param guarantee who learns what
 * @param activations what stands in the place of each activation that is no polynomial
 * @param rowsOutOfRange rows that give some polynomial an argument outside of the interval that it
 *     was made for: their answers may be far off
 * @param layers what each layer saw; only of {@link Mode#SIMULATE}, else empty
 * @param layerMillis the middle of the server's times of each layer; only of {@link Mode#HE}, else
 *     empty
 * @param compiled what was run; empty where nothing was compiled
 */
public record InferenceReport(
    Mode mode,
    Tensor output,
    double argmaxAgreement,
    double maxAbsErrorVsPlain,
    double clientEncryptMillis,
    List<Double> serverComputeMillis,
    double predictedComputeMillis,
    double clientDecryptMillis,
    double setupMillis,
    long requestBytes,
    long responseBytes,
    long evaluationKeyBytes,
    String parameters,
    Guarantee guarantee,
    List<ActivationReport> activations,
    int rowsOutOfRange,
    List<LayerTrace> layers,
    List<Double> layerMillis,
    Optional<CompiledModel> compiled) {

  /** Copies the lists. */
  public InferenceReport {
    serverComputeMillis = List.copyOf(serverComputeMillis);
    activations = List.copyOf(activations);
    layers = List.copyOf(layers);
    layerMillis = List.copyOf(layerMillis);
  }

  /** Number of rows answered. */
  public int rows() {
    return output.rows();
  }

  /** The middle of the server's times. */
  public double medianServerMillis() {
    List<Double> sorted = serverComputeMillis.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
