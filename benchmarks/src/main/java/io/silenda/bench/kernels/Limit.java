package io.silenda.bench.kernels;

import io.silenda.bench.machine.MachineLimits;

/**
 * The least time that an operation's work takes on this machine.
 *
 * @param work what is moved and multiplied
 * @param memoryNanos time to move it from memory; nothing that a cache holds is this slow
 * @param arithmeticNanos time to multiply, with no other instruction in between
 */
public record Limit(Work work, double memoryNanos, double arithmeticNanos) {

  static Limit of(Work work, MachineLimits machine, String kernels) {
    double multiplies = machine.multipliesPerSecond().getOrDefault(kernels, Double.NaN);
    return new Limit(
        work,
        1e9 * work.bytes() / machine.memoryBytesPerSecond(),
        1e9 * work.multiplications() / multiplies);
  }

  /** The longer of the two. */
  public double nanos() {
    return Math.max(memoryNanos, arithmeticNanos);
  }

  /** What would have to become faster first. */
  public String boundBy() {
    return memoryNanos > arithmeticNanos ? "memory" : "arithmetic";
  }
}
