package io.silenda.bench.backend;

import java.util.Optional;

/**
 * A row of the report that says why it is empty.
 *
 * @param name in reports
 * @param reason why it cannot run here
 */
record MissingBackend(String name, String reason) implements Backend {

  @Override
  public Optional<String> unavailable() {
    return Optional.of(reason);
  }

  @Override
  public Session open(Subject subject) {
    throw new IllegalStateException(name + ": " + reason);
  }
}
