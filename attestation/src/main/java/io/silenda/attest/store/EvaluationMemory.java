package io.silenda.attest.store;

import io.silenda.attest.AttestationException;
import io.silenda.attest.Claims;
import io.silenda.attest.policy.Policy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Remembers the highest evaluation data number ever seen, so that nobody can bring back older
 * collateral that is still signed and current. Not safe for concurrent use of one folder.
 */
public final class EvaluationMemory {
  private static final String NAME = "highest tcbEvaluationDataNumber";

  private final EndorsementStore store;

  /** A memory in {@code store}. */
  public EvaluationMemory(EndorsementStore store) {
    this.store = store;
  }

  /** {@code policy} with a floor no lower than what has been seen. */
  public Policy raiseFloor(Policy policy) throws IOException, AttestationException {
    OptionalLong highest = highest();
    if (highest.isEmpty() || policy.evaluationFloor().orElse(-1) >= highest.getAsLong()) {
      return policy;
    }
    return policy.toBuilder().evaluationFloor(highest.getAsLong()).build();
  }

  /** Notes claims that were verified. */
  public void remember(Claims claims) throws IOException, AttestationException {
    OptionalLong number = claims.tcbEvaluationDataNumber();
    if (number.isPresent() && number.getAsLong() > highest().orElse(-1)) {
      byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(number.getAsLong()).array();
      store.put(NAME, bytes, Instant.MAX);
    }
  }

  private OptionalLong highest() throws IOException, AttestationException {
    return store.get(NAME, Instant.EPOCH).stream()
        .filter(bytes -> bytes.length == Long.BYTES)
        .mapToLong(bytes -> ByteBuffer.wrap(bytes).getLong())
        .findFirst();
  }
}
