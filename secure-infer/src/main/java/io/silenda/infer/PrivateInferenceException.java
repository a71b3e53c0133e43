package io.silenda.infer;

/** A refusal with a reason: the model, the request or the answer cannot be used. */
public final class PrivateInferenceException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why it was refused. */
  public enum Reason {
    /** The model's layers cannot be computed under encryption by this version. */
    UNSUPPORTED_MODEL,
    /** An activation must be approximated, and nothing shows the range to do it on. */
    ACTIVATION_NOT_POLYNOMIAL,
    /** No polynomials within the level budget stay within the accuracy budget. */
    APPROXIMATION_TOO_COARSE,
    /** No secure parameters hold the model within the error asked for. */
    NO_PARAMETERS,
    /** The batch does not fit into one ciphertext. */
    BATCH_TOO_LARGE,
    /** The rows do not have the shape that the model takes. */
    INPUT_SHAPE,
    /** A row holds a value outside the range that all inputs were declared to lie in. */
    INPUT_OUT_OF_RANGE,
    /** The answer outgrew the modulus: rows far outside the range the model was compiled for. */
    ANSWER_OUT_OF_RANGE,
    /** The answer has another level or scale than the compiled model's. */
    UNEXPECTED_ANSWER,
    /**
     * Decrypted values would give the secret key away, and flooding would leave nothing of them.
     */
    SHARING_NEEDS_FLOODING,
    /** One layer's weights are larger than a page. */
    LAYER_TOO_LARGE,
    /** The process would need, or did need, more memory than its cap. */
    MEMORY_CAP,
    /** What was sealed is no paged model. */
    NOT_A_PAGED_MODEL,
    /** ONNX Runtime cannot load or run the model. */
    RUNTIME_FAILED,
    /** An untrusted accelerator gave a wrong answer; it is not asked again. */
    ACCELERATOR_CHEATED,
    /** An untrusted accelerator gave no answer. */
    ACCELERATOR_FAILED
  }

  private final Reason reason;

  /** Makes a refusal with a one-line message. */
  public PrivateInferenceException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why it was refused. */
  public Reason reason() {
    return reason;
  }
}
