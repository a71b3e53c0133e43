package io.silenda.dp.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What the trainer sees and nobody else may: losses and batch sizes come from private rows without
 * noise.
 */
public final class LocalHistory {
  /** Losses are thinned out beyond this many. */
  private static final int MOST_POINTS = 4096;

  /** Mean loss of the batch of one step. */
  public record Point(long step, double loss) {}

  /** Epsilon after some steps; public. */
  public record Spent(long step, double epsilon) {}

  private final List<Point> losses = new ArrayList<>();
  private final List<Spent> spent = new ArrayList<>();
  private long stride = 1;
  private long records;
  private long rejected;
  private long nanos;

  /** Notes a step; private. */
  public void step(long step, double loss, int batch, int rejectedRecords) {
    records += batch;
    rejected += rejectedRecords;
    if (Double.isNaN(loss) || step % stride != 0) {
      return;
    }
    losses.add(new Point(step, loss));
    if (losses.size() > MOST_POINTS) {
      stride *= 2;
      losses.removeIf(point -> point.step() % stride != 0);
    }
  }

  /** Notes what was spent by the end of a step. */
  public void spent(long step, double epsilon) {
    spent.add(new Spent(step, epsilon));
  }

  /** Adds time. */
  public void took(long moreNanos) {
    nanos += moreNanos;
  }

  /** Losses over the steps; private. */
  public List<Point> losses() {
    return List.copyOf(losses);
  }

  /** Epsilon over the steps. */
  public List<Spent> epsilons() {
    return List.copyOf(spent);
  }

  /** Records seen, each as often as it was drawn; private. */
  public long records() {
    return records;
  }

  /** Records that contributed nothing as their gradient was not finite; private. */
  public long rejectedRecords() {
    return rejected;
  }

  /** Seconds of training. */
  public double seconds() {
    return nanos / 1e9;
  }
}
