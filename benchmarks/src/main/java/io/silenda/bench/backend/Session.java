package io.silenda.bench.backend;

import io.silenda.infer.tensor.Tensor;

/**
 * A backend with a network in it. Not safe for use by several threads; whoever opens it closes it.
 */
public interface Session extends AutoCloseable {

  /** What is fixed once it is open. */
  Setup setup();

  /**
   * Answers rows as one request.
   *
   * @param rows rows as the model takes them
   * @throws Exception if the request fails: there is no partial answer
   */
  Exchange answer(Tensor rows) throws Exception;

  /** The most that processes which it started ever held. */
  default long otherPeakResidentBytes() {
    return 0;
  }

  @Override
  void close();
}
