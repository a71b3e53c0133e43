package io.silenda.he;

import io.silenda.he.internal.NativeHandle;
import io.silenda.he.internal.NativeLibrary;
import io.silenda.he.internal.ProfileNatives;

/** What one thread of this machine can do at most, measured: the yardstick for kernels. */
public final class MachineProbe {
  private MachineProbe() {}

  /**
   * Bytes per second that one thread reads from end to end of memory it just wrote, the fastest of
   * some passes.
   *
   * @param bytes size of the memory: far above the caches for what DRAM delivers
   * @param passes at least 1
   */
  public static double readBytesPerSecond(long bytes, int passes) {
    NativeLibrary.ensureLoaded();
    if (bytes < 4096 || passes < 1) {
      throw new IllegalArgumentException(
          "bytes is " + bytes + " (at least 4096), passes " + passes + " (at least 1)");
    }
    try (NativeHandle stream =
        NativeHandle.own(
            "read stream", ProfileNatives.createStream(bytes), bytes, ProfileNatives::freeStream)) {
      long fastest = Long.MAX_VALUE;
      for (int pass = 0; pass < passes; pass++) {
        fastest = Math.min(fastest, stream.<Long>use(ProfileNatives::readNanos));
      }
      return bytes * 1e9 / fastest;
    }
  }

  /**
   * Multiplications per second of the instruction that a kernel set is built on, lanes counted
   * singly, in a loop on registers; the fastest of some passes.
   *
   * @param kernels one of {@link NativeInfo#supportedKernels()}
   * @param passes at least 1
   * @throws IllegalArgumentException if the kernels do not run here
   */
  public static double multipliesPerSecond(String kernels, int passes) {
    NativeLibrary.ensureLoaded();
    long roundsOfAFewMillis = 1_000_000;
    double fastest = 0;
    for (int pass = 0; pass < passes; pass++) {
      fastest = Math.max(fastest, ProfileNatives.multipliesPerSecond(kernels, roundsOfAFewMillis));
    }
    return fastest;
  }
}
