package io.silenda.attest.channel;

import io.silenda.attest.binding.BoundEvidence;
import java.time.Instant;

/**
 * What a client's session stands on. No secrets.
 *
 * @param bound the evidence that was accepted
 * @param id the worker's number of the session
 * @param limits of both sides
 * @param begun when the challenge was made, by the client's clock
 */
record SessionTerms(BoundEvidence bound, SessionId id, SessionLimits limits, Instant begun) {
  Instant expires() {
    return begun.plus(limits.maxAge());
  }

  byte[] info() {
    return SessionKeys.info(id, bound.binding().reportData());
  }
}
