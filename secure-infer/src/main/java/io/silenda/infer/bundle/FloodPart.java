package io.silenda.infer.bundle;

import io.silenda.infer.schedule.FloodPlan;
import io.silenda.infer.schedule.Flooding;
import java.util.Optional;

/** Whether answers are flooded, and by how much; bundles before version 4 know no flooding. */
final class FloodPart {
  private static final int FIRST_VERSION = 4;
  private static final int NONE = 0;

  private FloodPart() {}

  static void writePlan(ContentWriter out, Optional<FloodPlan> plan) {
    write(out, plan.map(FloodPlan::flooding));
    plan.ifPresent(present -> out.float64(present.ownDeviation()));
  }

  static Optional<FloodPlan> readPlan(ContentReader in) throws BundleFormatException {
    Optional<Flooding> flooding = read(in);
    return flooding.isPresent()
        ? Optional.of(
            new FloodPlan(
                flooding.get(), in.float64("own deviation", Double.MIN_NORMAL, Double.MAX_VALUE)))
        : Optional.empty();
  }

  static void write(ContentWriter out, Optional<Flooding> flooding) {
    out.int32(flooding.map(Flooding::bits).orElse(NONE));
  }

  static Optional<Flooding> read(ContentReader in) throws BundleFormatException {
    if (in.version() < FIRST_VERSION) {
      return Optional.empty();
    }
    int bits = in.int32("bits of circuit privacy", NONE, Flooding.MAX_BITS);
    return bits == NONE ? Optional.empty() : Optional.of(new Flooding(bits));
  }
}
