package io.silenda.attest;

import java.util.Locale;

/** Whether somebody outside can look into what attested itself. */
public enum DebugState {
  /** Production: proven not to be debuggable. */
  OFF,
  /** Debuggable: its secrets are anybody's. */
  ON,
  /** The evidence does not say. */
  UNKNOWN;

  /** The name in JSON, such as {@code unknown}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
