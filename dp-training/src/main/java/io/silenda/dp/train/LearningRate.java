package io.silenda.dp.train;

/** Learning rate of each step, from public constants alone. */
public sealed interface LearningRate {
  /** Rate of step {@code step} (from 0) of {@code steps}. */
  double at(long step, long steps);

  /** The same rate for all steps. */
  record Constant(double rate) implements LearningRate {
    /** Checks the range. */
    public Constant {
      Ranges.require("rate", rate, 0, 1e6);
    }

    @Override
    public double at(long step, long steps) {
      return rate;
    }
  }

  /** From {@code peak} down to {@code end} along half a cosine, after a linear warm-up. */
  record Cosine(double peak, double end, long warmUpSteps) implements LearningRate {
    /** Checks the ranges. */
    public Cosine {
      Ranges.require("peak", peak, 0, 1e6);
      Ranges.require("end", end, 0, peak);
      Ranges.require("warmUpSteps", (double) warmUpSteps, 0, 1e12);
    }

    @Override
    public double at(long step, long steps) {
      if (step < warmUpSteps) {
        return peak * ((double) (step + 1) / (double) warmUpSteps);
      }
      double part = (double) (step - warmUpSteps) / (double) Math.max(1, steps - warmUpSteps);
      return end + (peak - end) * 0.5 * (1 + Math.cos(Math.PI * part));
    }
  }

  /** {@code rate} times {@code factor} to the number of whole {@code interval}s passed. */
  record Stepwise(double rate, double factor, long interval) implements LearningRate {
    /** Checks the ranges. */
    public Stepwise {
      Ranges.require("rate", rate, 0, 1e6);
      Ranges.require("factor", factor, 0, 1);
      Ranges.require("interval", (double) interval, 1, 1e12);
    }

    @Override
    public double at(long step, long steps) {
      long passed = step / interval;
      return rate * Math.pow(factor, (double) passed);
    }
  }
}
