package io.silenda.attest.store;

import java.io.IOException;
import java.util.Optional;

/**
 * Where endorsements come from that the store does not hold. What it returns is as little trusted
 * as what comes with evidence.
 */
@FunctionalInterface
public interface EndorsementSource {
  /** The default: never fetches. */
  EndorsementSource OFFLINE = name -> Optional.empty();

  /**
   * The endorsement of that name, if the source has it.
   *
   * @throws IOException where the source cannot be reached
   */
  Optional<byte[]> fetch(String name) throws IOException;
}
