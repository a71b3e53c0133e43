package io.silenda.infer;

import io.silenda.he.CkksParameters;
import io.silenda.he.EvaluationKeyPlan;
import io.silenda.he.wire.Digest;
import io.silenda.infer.graph.ClientTail;
import io.silenda.infer.packing.InputPacking;
import io.silenda.infer.packing.OutputPacking;
import io.silenda.infer.schedule.Flooding;
import java.util.List;
import java.util.Optional;

/**
 * All that the client of one compiled model needs: shapes, parameters and the list of keys, and no
 * weight.
 *
 * @param modelName for people
 * @param modelDigest names the model in requests and keys: SHA-256 over the server bundle's content
 * @param inputShape dimensions of one row
 * @param parameters encryption parameters
 * @param keyPlan the evaluation keys that the server needs
 * @param input where a row goes
 * @param output where the answer is
 * @param rowsPerRequest rows that one ciphertext is given, at most the batch of {@code input}
 * @param inputLog2Scale log2 of the scale of a request
 * @param answerLog2Scale log2 of the scale of an answer, up to rounding
 * @param predictedMaxError predicted largest error of an answer: four standard deviations
 * @param tail what the client does after decryption
 * @param flooding how well answers hide what their noise tells of the weights, as the model's owner
 *     says
 * @param sharing how decrypted values may be shared, where it was compiled for that
 */
public record ClientBundle(
    String modelName,
    Digest modelDigest,
    List<Integer> inputShape,
    CkksParameters parameters,
    EvaluationKeyPlan keyPlan,
    InputPacking input,
    OutputPacking output,
    int rowsPerRequest,
    double inputLog2Scale,
    double answerLog2Scale,
    double predictedMaxError,
    ClientTail tail,
    Optional<Flooding> flooding,
    Optional<Sharing> sharing) {

  /** Who learns what, as the bundle says. */
  public Guarantee guarantee() {
    return Guarantee.encrypted(flooding, sharing);
  }

  /** Checks that the parts fit each other. */
  public ClientBundle {
    inputShape = List.copyOf(inputShape);
    if (inputShape.stream().reduce(1, Math::multiplyExact) != input.inputSize()) {
      throw new IllegalArgumentException(
          "inputShape " + inputShape + " does not have " + input.inputSize() + " elements");
    }
    if (!(predictedMaxError > 0)) {
      throw new IllegalArgumentException(
          "predictedMaxError " + predictedMaxError + " is not positive");
    }
    if (rowsPerRequest < 1 || rowsPerRequest > input.batch()) {
      throw new IllegalArgumentException(
          "rowsPerRequest " + rowsPerRequest + " outside 1.." + input.batch());
    }
  }
}
