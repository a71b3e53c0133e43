package io.silenda.bench.device;

import java.util.ArrayList;
import java.util.List;

/**
 * Limits that stand for a device. The processor is this machine's: only how much of it, of memory
 * and of the link is the device's.
 *
 * @param name in reports
 * @param processors that the process may run on
 * @param memoryBytes writable memory that it may have
 * @param upBitsPerSecond of its link
 * @param downBitsPerSecond of its link
 * @param roundTripNanos of its link
 */
public record DeviceProfile(
    String name,
    int processors,
    long memoryBytes,
    double upBitsPerSecond,
    double downBitsPerSecond,
    long roundTripNanos) {
  private static final long MEBI = 1L << 20;
  private static final long MILLI = 1_000_000L;

  /** From the smallest to the largest. */
  public static List<DeviceProfile> all() {
    return List.of(
        new DeviceProfile("phone", 1, 1536 * MEBI, 20e6, 50e6, 40 * MILLI),
        new DeviceProfile("gateway", 1, 1024 * MEBI, 100e6, 100e6, 10 * MILLI),
        new DeviceProfile("edge server", 2, 8192 * MEBI, 1e9, 1e9, MILLI));
  }

  /** No limits: the other end of a link that is emulated at one end only. */
  static DeviceProfile unlimited() {
    return new DeviceProfile(
        "server",
        Integer.MAX_VALUE,
        Long.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        0);
  }

  /** What stands before a command to put it under the limits. */
  List<String> prefix() {
    int last = Math.min(processors, Runtime.getRuntime().availableProcessors()) - 1;
    List<String> prefix = new ArrayList<>();
    prefix.addAll(List.of("taskset", "-c", "0-" + last));
    prefix.addAll(List.of("prlimit", "--data=" + memoryBytes, "--"));
    return prefix;
  }

  /** The heap: a third of the memory, as native memory needs its own. */
  String heapOption() {
    return "-Xmx" + memoryBytes / 3 / MEBI + "m";
  }
}
