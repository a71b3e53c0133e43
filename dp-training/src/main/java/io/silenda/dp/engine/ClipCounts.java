package io.silenda.dp.engine;

/** Private counts of a step. */
public final class ClipCounts {
  int rejected;
  int unclipped;
  int examples;
  double loss;

  /** Makes all zero. */
  public void clear() {
    rejected = 0;
    unclipped = 0;
    examples = 0;
    loss = 0;
  }

  /** Examples that contributed zero as their gradient was not finite or too large. */
  public int rejected() {
    return rejected;
  }

  /** Examples whose norm was within the bound. */
  public int unclipped() {
    return unclipped;
  }

  /** Examples seen. */
  public int examples() {
    return examples;
  }

  /** Sum of the losses. */
  public double loss() {
    return loss;
  }
}
