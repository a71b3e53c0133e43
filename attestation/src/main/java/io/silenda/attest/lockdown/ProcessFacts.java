package io.silenda.attest.lockdown;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the kernel says of a process, in {@code /proc}. Each question is answered with what differs
 * from what is wanted; with nothing where all is well.
 */
final class ProcessFacts {
  private static final List<String> CAPABILITY_SETS =
      List.of("CapPrm", "CapEff", "CapInh", "CapAmb");
  private static final String ZERO = "0000000000000000";

  private final Path process;
  private final Path forbidden;
  private final Map<String, String> environment;

  /**
   * Facts of one process.
   *
   * @param process its folder in {@code /proc}
   * @param forbidden a file that everybody may read and Landlock must refuse
   */
  ProcessFacts(Path process, Path forbidden, Map<String, String> environment) {
    this.process = process;
    this.forbidden = forbidden;
    this.environment = Map.copyOf(environment);
  }

  static ProcessFacts ofThisProcess() {
    return new ProcessFacts(Path.of("/proc/self"), Path.of("/proc/version"), System.getenv());
  }

  /** Every thread's {@code field} must be {@code wanted}. */
  String threadDifference(String field, String wanted) throws IOException {
    List<Path> threads = threads();
    for (Path thread : threads) {
      String value = field(thread.resolve("status"), field);
      if (!value.equals(wanted)) {
        return "thread " + thread.getFileName() + " has " + field + " " + value;
      }
    }
    return threads.isEmpty() ? "no thread is listed" : "";
  }

  String capabilityDifference() throws IOException {
    for (String set : CAPABILITY_SETS) {
      String difference = threadDifference(set, ZERO);
      if (!difference.isEmpty()) {
        return difference;
      }
    }
    return "";
  }

  /** The root must be a read-only mount of memory, with nothing but the kernel's own below it. */
  String rootDifference() throws IOException {
    boolean rootSeen = false;
    for (String line : Files.readAllLines(process.resolve("mountinfo"))) {
      String[] halves = line.split(" - ", 2);
      String[] fields = halves[0].split(" ", -1);
      String point = fields[4];
      // An empty folder of its own, in which folders can be made and no file can grow.
      boolean harmless = point.equals("/tmp") && halves[1].startsWith("tmpfs ");
      boolean kernels =
          point.startsWith("/proc")
              || point.startsWith("/dev/")
              || point.equals("/sys/devices/system/cpu");
      if (point.equals("/")) {
        rootSeen = true;
        if (!halves[1].startsWith("tmpfs ") || !List.of(fields[5].split(",")).contains("ro")) {
          return "the root is no read-only copy in memory";
        }
      } else if (!kernels && !harmless) {
        return "another file system is mounted";
      }
    }
    return rootSeen ? "" : "no root is listed";
  }

  String landlockDifference() throws IOException {
    try (Stream<String> lines = Files.lines(forbidden)) {
      return lines.findAny().isPresent() ? forbidden + " can be read" : forbidden + " is empty";
    } catch (AccessDeniedException e) {
      return "";
    }
  }

  String networkDifference() throws IOException {
    List<String> lines = Files.readAllLines(process.resolve("net/dev"));
    for (String line : lines.subList(Math.min(2, lines.size()), lines.size())) {
      if (!line.strip().startsWith("lo:")) {
        return "there is a network interface";
      }
    }
    return "";
  }

  String coreLimitDifference() throws IOException {
    for (String line : Files.readAllLines(process.resolve("limits"))) {
      if (line.startsWith("Max core file size")) {
        String[] words = line.substring("Max core file size".length()).strip().split(" +", -1);
        return words[0].equals("0") && words[1].equals("0") ? "" : "the limit is " + words[0];
      }
    }
    return "no limit is listed";
  }

  String environmentDifference() {
    return environment.isEmpty() ? "" : environment.size() + " variables are set";
  }

  private List<Path> threads() throws IOException {
    List<Path> threads = new ArrayList<>();
    try (Stream<Path> tasks = Files.list(process.resolve("task"))) {
      tasks.forEach(threads::add);
    }
    return threads;
  }

  private static String field(Path file, String name) throws IOException {
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(name + ":")) {
        return line.substring(name.length() + 1).strip();
      }
    }
    throw new IOException(file + " has no " + name);
  }
}
