package io.silenda.bench.measure;

import java.util.ArrayList;
import java.util.List;

/** Measures two implementations in turns. */
public final class InterleavedTimer {
  private static final int MOST_REPETITIONS = 10_000;

  private final Effort effort;

  /** A timer of that effort. */
  public InterleavedTimer(Effort effort) {
    this.effort = effort;
  }

  /** Warms both up, then measures them in turns; which is first changes with each round. */
  public Comparison compare(Timed baseline, Timed own) {
    long baselineNanos = baseline.nanos(1);
    long ownNanos = Math.min(own.nanos(1), own.nanos(1));
    int baselineRepetitions = repetitions(baselineNanos);
    int ownRepetitions = repetitions(ownNanos);
    int rounds =
        rounds(baselineNanos * baselineRepetitions + Math.max(ownNanos, 1) * ownRepetitions);
    List<Double> baselineSamples = new ArrayList<>();
    List<Double> ownSamples = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      if (round % 2 == 0) {
        baselineSamples.add(sample(baseline, baselineRepetitions));
        ownSamples.add(sample(own, ownRepetitions));
      } else {
        ownSamples.add(sample(own, ownRepetitions));
        baselineSamples.add(sample(baseline, baselineRepetitions));
      }
    }
    return new Comparison(new Samples(baselineSamples), new Samples(ownSamples));
  }

  private int repetitions(long nanos) {
    long wanted = effort.nanosPerSample() / Math.max(nanos, 1) + 1;
    return (int) Math.min(wanted, MOST_REPETITIONS);
  }

  private int rounds(long nanosPerRound) {
    long affordable = effort.nanosPerComparison() / Math.max(nanosPerRound, 1);
    return (int) Math.max(effort.fewestRounds(), Math.min(effort.mostRounds(), affordable));
  }

  private static double sample(Timed timed, int repetitions) {
    return (double) timed.nanos(repetitions) / repetitions;
  }
}
