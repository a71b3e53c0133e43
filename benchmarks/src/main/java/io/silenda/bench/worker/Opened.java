package io.silenda.bench.worker;

import io.silenda.bench.backend.Setup;
import io.silenda.infer.Guarantee;
import io.silenda.infer.Mode;

/**
 * A worker's first answer.
 *
 * @param failure why the backend did not open; empty if it did
 * @param nanos from the start of opening
 * @param setup what it gave; nothing of meaning after a failure
 */
public record Opened(String failure, double nanos, Setup setup) {
  private static final Setup NONE = new Setup("", 0, 0, "", false, Guarantee.of(Mode.PLAIN));

  /** What stands in the place of a setup before there is one. */
  public static Setup noSetup() {
    return NONE;
  }

  static Opened failed(String why) {
    return new Opened(why, 0, NONE);
  }
}
