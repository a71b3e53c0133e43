package io.silenda.infer.approx;

/** Where the range that an activation's polynomial was made for comes from. */
public enum RangeSource {
  /** What calibration rows show, with a margin. */
  CALIBRATION,
  /** What calibration rows show, with a margin that stays within what the declared inputs allow. */
  CALIBRATION_WITHIN_BOUNDS,
  /** What the declared inputs allow, by interval arithmetic through the network. */
  PROPAGATED_BOUNDS
}
