package io.silenda.bench.machine;

import io.silenda.he.NativeInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What figures were taken on.
 *
 * @param cpu the processor's name
 * @param processors how many the process may use
 * @param cpuFeatures features that kernels use
 * @param kernels the kernel set that was measured
 * @param lastLevelCacheBytes 0 where the system does not say
 * @param memoryBytes 0 where the system does not say
 * @param operatingSystem name and version
 * @param java version
 * @param compiler of the native library
 * @param seal version and source
 * @param libraryVersion project version and hash of the native sources
 */
public record Machine(
    String cpu,
    int processors,
    List<String> cpuFeatures,
    String kernels,
    long lastLevelCacheBytes,
    long memoryBytes,
    String operatingSystem,
    String java,
    String compiler,
    String seal,
    String libraryVersion) {
  private static final long ASSUMED_CACHE_BYTES = 32L << 20;
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Path MEMORY_INFO = Path.of("/proc/meminfo");
  private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");

  /** Copies the list. */
  public Machine {
    cpuFeatures = List.copyOf(cpuFeatures);
  }

  /** This machine. */
  public static Machine current() {
    NativeInfo info = NativeInfo.current();
    return new Machine(
        firstValue(CPU_INFO, "model name").orElse("unknown"),
        Runtime.getRuntime().availableProcessors(),
        info.cpuFeatures(),
        info.evaluatorKernel(),
        detectCache(),
        firstValue(MEMORY_INFO, "MemTotal").map(Machine::parseSize).orElse(0L),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        Runtime.version().toString(),
        info.compiler(),
        info.sealSource(),
        info.libraryVersion());
  }

  /** Size of the last cache, or 32 MiB where the system does not say. */
  public long assumedCacheBytes() {
    return lastLevelCacheBytes > 0 ? lastLevelCacheBytes : ASSUMED_CACHE_BYTES;
  }

  private static Optional<String> firstValue(Path file, String key) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static long detectCache() {
    long largest = 0;
    for (int index = 0; index < 8; index++) {
      try {
        String size = Files.readString(CACHES.resolve("index" + index).resolve("size")).trim();
        largest = Math.max(largest, parseSize(size));
      } catch (IOException e) {
        break;
      }
    }
    return largest;
  }

  /** Such as {@code 32768K}, {@code 24604652 kB} or {@code 8M}. */
  static long parseSize(String text) {
    String digits = text.replaceAll("[^0-9].*", "");
    if (digits.isEmpty()) {
      return 0;
    }
    String unit = text.substring(digits.length()).trim();
    int shift = unit.startsWith("k") || unit.startsWith("K") ? 10 : unit.startsWith("M") ? 20 : 0;
    return Long.parseLong(digits) << shift;
  }
}
