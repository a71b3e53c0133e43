package io.silenda.bench.measure;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a measurement holds open, to be closed in the reverse order. Not safe for use by several
 * threads.
 */
public final class Resources implements AutoCloseable {
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();

  /** Takes a resource over; it is closed with the others. */
  public <T extends AutoCloseable> T own(T resource) {
    owned.push(resource);
    return resource;
  }

  /**
   * Closes all of them.
   *
   * @throws IllegalStateException if one cannot be closed
   */
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
