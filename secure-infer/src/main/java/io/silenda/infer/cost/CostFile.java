package io.silenda.infer.cost;

import io.silenda.he.NativeInfo;
import io.silenda.infer.cost.MachineCosts.RingCosts;
import io.silenda.infer.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A small text file in the user's cache directory that keeps a machine's times: a header, the
 * machine, then one line a ring. It is read as strictly as it is simple; what is damaged, or of
 * another machine, counts as absent, and built-in times stand in.
 */
public final class CostFile {
  private static final String HEADER = "silenda machine costs 1";
  private static final int MAX_BYTES = 4096;
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private CostFile() {}

  /** Where this user's file lies: {@code $XDG_CACHE_HOME/silenda} or {@code ~/.cache/silenda}. */
  public static Path defaultPath() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return base.resolve("silenda").resolve("machine-costs.txt");
  }

  /** Names this machine's processor and the kernels that it runs. */
  public static String thisMachine() {
    return processor() + ", " + NativeInfo.current().evaluatorKernel();
  }

  private static String processor() {
    try (var lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException | RuntimeException e) {
      return System.getProperty("os.arch");
    }
  }

  /** This machine's measured times, or the built-in ones. */
  public static MachineCosts current() {
    return load(defaultPath(), thisMachine());
  }

  /** The times in a file if they are of a machine, else the built-in ones. */
  static MachineCosts load(Path file, String machine) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        return MachineCosts.builtIn();
      }
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      if (lines.size() < 3 || !lines.get(0).equals(HEADER) || !lines.get(1).equals(machine)) {
        return MachineCosts.builtIn();
      }
      return new MachineCosts(machine, rings(lines.subList(2, lines.size())));
    } catch (IOException | IllegalArgumentException e) {
      return MachineCosts.builtIn();
    }
  }

  private static SortedMap<Integer, RingCosts> rings(List<String> lines) {
    SortedMap<Integer, RingCosts> rings = new TreeMap<>();
    for (String line : lines) {
      String[] fields = line.split(" ", -1);
      if (fields.length != 3) {
        throw new IllegalArgumentException("a line has " + fields.length + " fields");
      }
      rings.put(
          Integer.parseInt(fields[0]),
          new RingCosts(Double.parseDouble(fields[1]), Double.parseDouble(fields[2])));
    }
    return rings;
  }

  /**
   * Keeps times for later runs.
   *
   * @throws IOException if the file cannot be written
   */
  public static void store(Path file, MachineCosts costs) throws IOException {
    StringBuilder text = new StringBuilder(HEADER + "\n" + costs.machine() + "\n");
    costs
        .rings()
        .forEach(
            (degree, ring) ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "%d %.6f %.6f%n",
                        degree,
                        ring.transformMicros(),
                        ring.productMicros())));
    Files.createDirectories(file.toAbsolutePath().getParent());
    AtomicFile.write(
        file,
        AtomicFile.Access.SHARED,
        out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
