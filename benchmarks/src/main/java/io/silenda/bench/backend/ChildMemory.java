package io.silenda.bench.backend;

import io.silenda.bench.machine.ProcessMemory;

/** Memory of the processes that this one started. */
final class ChildMemory {
  private ChildMemory() {}

  /** Their peaks together. */
  static long peakResidentBytes() {
    return ProcessHandle.current()
        .descendants()
        .mapToLong(child -> Math.max(0, ProcessMemory.peakResidentBytes(child.pid())))
        .sum();
  }
}
