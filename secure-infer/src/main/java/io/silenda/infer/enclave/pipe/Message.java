package io.silenda.infer.enclave.pipe;

/**
 * One message.
 *
 * @param kind what it is
 * @param body its content; arrays are handed over, not copied
 */
public record Message(Kind kind, byte[] body) {
  /** What a message is; the ordinal goes over the pipe. */
  public enum Kind {
    /** Worker, first: what it found out about its own protection. */
    DESCRIPTION,
    /** Worker: it is locked down and has loaded its model; body: manifest of the launcher. */
    READY,
    /** Host: a client's challenge. Worker, in answer: its introduction. */
    ATTEST,
    /** Worker, while it attests: evidence is wanted for the 64 bytes of report data in the body. */
    EVIDENCE_WANTED,
    /** Host, in answer to that: the bytes of an {@link EvidenceContent}. */
    EVIDENCE,
    /** Host: a client's sealed request. Worker, in answer: the sealed answer. */
    SEALED,
    /** Either: it cannot be done; body: a reason in ASCII that tells nothing of any input. */
    REFUSED
  }
}
