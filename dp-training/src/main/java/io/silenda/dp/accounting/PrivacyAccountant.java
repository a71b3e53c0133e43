package io.silenda.dp.accounting;

/**
 * Turns events into guarantees: whatever it returns holds for the mechanism as described.
 * Accountants are immutable and may be shared between threads.
 *
 * <p>Epsilon is never reported as zero for a mechanism that touches the data, even where a delta is
 * so large that zero would do.
 */
public interface PrivacyAccountant {
  /**
   * An epsilon such that the event is (epsilon, delta) private.
   *
   * @param delta in [0, 1)
   * @throws AccountingException if no sound finite answer is known
   */
  double epsilon(PrivacyEvent event, Adjacency adjacency, double delta) throws AccountingException;

  /**
   * A delta such that the event is (epsilon, delta) private.
   *
   * @param epsilon not negative
   * @throws AccountingException if no sound answer is known
   */
  double delta(PrivacyEvent event, Adjacency adjacency, double epsilon) throws AccountingException;

  /** By Renyi divergence at 156 orders: fast and loose, and the only one for repeated selection. */
  static PrivacyAccountant rdp() {
    return new RdpAccountant();
  }

  /** By privacy loss distributions: tight. */
  static PldAccountant pld() {
    return new PldAccountant();
  }
}
