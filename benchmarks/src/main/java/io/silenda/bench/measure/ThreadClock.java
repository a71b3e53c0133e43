package io.silenda.bench.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Processor time of the calling thread. */
final class ThreadClock {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ThreadClock() {}

  static long nanos() {
    return THREADS.getCurrentThreadCpuTime();
  }
}
