package io.silenda.dp.mechanism;

/**
 * Who takes part when, in (b, k)-participation: a record is in steps that are at least {@code
 * separation} apart, and so in at most {@link #most()} of them. Whoever composes batches enforces
 * it.
 *
 * @param steps of one run of a mechanism
 * @param separation least distance of two steps with the same record
 */
public record Participation(int steps, int separation) {
  /** Most steps of one mechanism. */
  public static final int MOST_STEPS = 1 << 20;

  /** Checks the ranges. */
  public Participation {
    if (steps < 1 || steps > MOST_STEPS) {
      throw new IllegalArgumentException("steps " + steps + " is not from 1 to " + MOST_STEPS);
    }
    if (separation < 1) {
      throw new IllegalArgumentException("separation " + separation + " is below 1");
    }
  }

  /** Most steps in which one record takes part. */
  public int most() {
    return (int) (((long) steps + separation - 1) / separation);
  }

  /** Times that a record may take part so early that {@code lag} more steps follow. */
  int mostFollowedBy(int lag) {
    return lag >= steps ? 0 : new Participation(steps - lag, separation).most();
  }
}
