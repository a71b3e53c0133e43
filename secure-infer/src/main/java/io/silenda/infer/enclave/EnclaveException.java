package io.silenda.infer.enclave;

/** Inference in a worker was refused or failed; the message is one line and tells of no input. */
public final class EnclaveException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** The evidence does not satisfy the policy; nothing was sent. */
    EVIDENCE_REFUSED,
    /** The worker could not be started. */
    NOT_STARTED,
    /** The worker ended while it was computing; a fresh one must be attested. */
    WORKER_DIED,
    /** The worker did not answer in time and was killed; a fresh one must be attested. */
    WORKER_HUNG,
    /** The worker refused the request. */
    REQUEST_REFUSED,
    /** The session is not known: the worker is a fresh one, or the session has ended. */
    SESSION_ENDED,
    /** The sealed answer or its receipt is not what was asked for. */
    ANSWER_REFUSED,
    /** Bytes that should hold a tensor do not. */
    BAD_TENSOR,
    /** The owner does not release the key of the sealed model to this worker. */
    KEY_REFUSED,
    /** The sealed model was altered, is of another key, or is not the newest one that was seen. */
    MODEL_REFUSED,
    /** The worker needed more memory than its policy allows, and has ended. */
    MEMORY_CAP,
    /** The model is not one that a worker runs. */
    UNSUPPORTED_MODEL,
    /** The host cannot be reached, or answers something else. */
    TRANSPORT
  }

  private final Reason reason;

  /** A failure. */
  public EnclaveException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** A failure with what caused it. */
  public EnclaveException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
