package io.silenda.infer.approx;

/** How a polynomial was fitted. */
public enum Method {
  /** Smallest largest error on the interval (Remez exchange). */
  MINIMAX,
  /** Smallest mean square error, weighted with the density of the calibration rows. */
  LEAST_SQUARES
}
