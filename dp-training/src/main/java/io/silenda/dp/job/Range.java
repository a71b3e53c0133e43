package io.silenda.dp.job;

/** Allowed numbers: above {@code low}, or from it where {@code closed}, up to {@code high}. */
record Range(double low, boolean closed, double high) {
  static Range above(double low, double high) {
    return new Range(low, false, high);
  }

  static Range from(double low, double high) {
    return new Range(low, true, high);
  }

  boolean contains(double value) {
    return (closed ? value >= low : value > low) && value <= high;
  }

  @Override
  public String toString() {
    return "a number " + (closed ? "from " : "above ") + low + " up to " + high;
  }
}
