package io.silenda.infer;

import io.silenda.infer.PrivateInferenceException.Reason;
import io.silenda.infer.graph.ClientTail;
import io.silenda.infer.tensor.Tensor;
import java.security.SecureRandom;
import java.util.Locale;

/**
 * Decrypted answers, for the owner of the key. Nobody else may see them as they are: {@link
 * #shareWith} says why. Immutable.
 */
public final class Answers {
  /** A largest error is four standard deviations. */
  private static final double DEVIATIONS = 4;

  private final Tensor core;
  private final ClientTail tail;
  private final double noiseDeviation;

  Answers(Tensor core, ClientTail tail, double noiseDeviation) {
    this.core = core;
    this.tail = tail;
    this.noiseDeviation = noiseDeviation;
  }

  /** The decrypted tensor, before Softmax and the like: one row for each row of the request. */
  public Tensor core() {
    return core;
  }

  /** The model's output: the client's tail applied to {@link #core()}. */
  public Tensor output() {
    return Tails.apply(tail, core);
  }

  /**
   * Values that may leave the owner of the key: the decrypted tensor, flooded with noise from a
   * cryptographic generator, and the tail applied to that. Every call makes new noise, so that each
   * counts as another of the {@linkplain Sharing#answers() answers that are shared}. The noise is
   * measured against the prediction for a server that computed the model: flooding does not protect
   * from one that did not.
   *
   * @throws PrivateInferenceException if flooding would leave no answer within the error that the
   *     sharing allows
   */
  public Tensor shareWith(Sharing sharing) throws PrivateInferenceException {
    double deviation = sharing.floodingDeviation(noiseDeviation);
    double floodedMaxError = DEVIATIONS * deviation;
    if (!(floodedMaxError <= sharing.maxError())) {
      throw new PrivateInferenceException(
          Reason.SHARING_NEEDS_FLOODING,
          String.format(
              Locale.ROOT,
              "sharing needs noise that brings the error to %.2g, above the %.2g allowed: without it,"
                  + " shared values give the secret key away; compile with a smaller --max-error",
              floodedMaxError,
              sharing.maxError()));
    }
    SecureRandom random = new SecureRandom();
    float[] values = core.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] + deviation * random.nextGaussian());
    }
    return Tails.apply(tail, Tensor.of(core.shape(), values));
  }
}
