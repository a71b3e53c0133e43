package io.silenda.bench.backend;

/**
 * A way to evaluate a network. Another one needs an implementation and a line in {@link Backends}.
 */
public interface Backend {

  /** Its name in reports, such as {@code he-1}. */
  String name();

  /**
   * Does everything that is done once: reads the model, compiles, makes and exchanges keys.
   *
   * @throws Exception if the network cannot be evaluated this way; the message says why
   */
  Session open(Subject subject) throws Exception;
}
