package io.silenda.attest.provider;

import io.silenda.attest.Tee;

/** What a provider found when it looked for its technology. */
public sealed interface Probe {
  /**
   * The technology is there.
   *
   * @param tee what would make the evidence
   * @param detail one line for people
   */
  record Present(Tee tee, String detail) implements Probe {}

  /**
   * The technology is not there, or cannot be used.
   *
   * @param reason why, as one line for people
   */
  record Absent(String reason) implements Probe {}
}
