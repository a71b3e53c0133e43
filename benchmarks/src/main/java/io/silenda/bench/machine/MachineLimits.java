package io.silenda.bench.machine;

import io.silenda.he.MachineProbe;
import io.silenda.he.NativeInfo;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one thread can do at most here.
 *
 * @param memoryBytesPerSecond read from memory that no cache holds
 * @param streamBytes size of that memory
 * @param multipliesPerSecond for each kernel set, multiplications of the instruction it is built on
 */
public record MachineLimits(
    double memoryBytesPerSecond, long streamBytes, Map<String, Double> multipliesPerSecond) {
  private static final long LARGEST_STREAM_BYTES = 1L << 30;

  /** Copies the map. */
  public MachineLimits {
    multipliesPerSecond = Collections.unmodifiableMap(new LinkedHashMap<>(multipliesPerSecond));
  }

  /** Measures for about a second. */
  public static MachineLimits measure(Machine machine) {
    long stream = Math.min(8 * machine.assumedCacheBytes(), LARGEST_STREAM_BYTES);
    Map<String, Double> multiplies = new LinkedHashMap<>();
    for (String kernels : NativeInfo.supportedKernels()) {
      multiplies.put(kernels, MachineProbe.multipliesPerSecond(kernels, 15));
    }
    return new MachineLimits(MachineProbe.readBytesPerSecond(stream, 9), stream, multiplies);
  }
}
