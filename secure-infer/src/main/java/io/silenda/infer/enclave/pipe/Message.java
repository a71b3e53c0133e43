package io.silenda.infer.enclave.pipe;

import java.util.Arrays;
import java.util.Optional;

/**
 * One message.
 *
 * @param kind what it is
 * @param body its content; arrays are handed over, not copied
 */
public record Message(Kind kind, byte[] body) {
  /** What a message is; the code goes over the pipe. */
  public enum Kind {
    /** Worker, first: what it found out about its own protection. */
    DESCRIPTION(0),
    /** Worker: it is locked down and has loaded its model; body: manifest of the launcher. */
    READY(1),
    /** Host: a client's challenge. Worker, in answer: its introduction. */
    ATTEST(2),
    /** Worker, while it attests: evidence is wanted for the 64 bytes of report data in the body. */
    EVIDENCE_WANTED(3),
    /** Host, in answer to that: the bytes of an {@link EvidenceContent}. */
    EVIDENCE(4),
    /** Host: a client's sealed request. Worker, in answer: the sealed answer. */
    SEALED(5),
    /** Either: it cannot be done; body: a reason in ASCII that tells nothing of any input. */
    REFUSED(6),
    /** Host: does the worker want a key? Worker, in answer: its request to the key's broker. */
    KEY_REQUEST(7),
    /** Host: the broker's challenge. Worker, in answer: evidence over it, for the broker. */
    KEY_CHALLENGE(8),
    /**
     * Host: the broker's response, with the sealed key. Worker, once its model is loaded: empty.
     */
    KEY_RESPONSE(9);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }

    static Optional<Kind> ofCode(int code) {
      return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
    }
  }
}
