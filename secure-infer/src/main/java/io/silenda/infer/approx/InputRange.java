package io.silenda.infer.approx;

/**
 * The interval that a caller promises every element of every input to lie in.
 *
 * @param low lower end
 * @param high upper end, above {@code low}
 */
public record InputRange(double low, double high) {
  /** Checks that the interval is proper. */
  public InputRange {
    if (!(low < high) || !Double.isFinite(high - low)) {
      throw new IllegalArgumentException(
          "input range " + low + ".." + high + " is not a finite interval LOW < HIGH");
    }
  }

  /** Whether a value lies in it; an end counts as the 32-bit number that rows may hold for it. */
  public boolean contains(double value) {
    return value >= Math.min(low, (float) low) && value <= Math.max(high, (float) high);
  }

  @Override
  public String toString() {
    return low + ".." + high;
  }
}
