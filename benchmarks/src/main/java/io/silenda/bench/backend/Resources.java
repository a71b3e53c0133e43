package io.silenda.bench.backend;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a session opened, to be closed in the reverse order. */
final class Resources implements AutoCloseable {
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();

  <T extends AutoCloseable> T own(T resource) {
    owned.push(resource);
    return resource;
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("a resource cannot be closed: " + e.getMessage(), e);
      }
    }
  }
}
