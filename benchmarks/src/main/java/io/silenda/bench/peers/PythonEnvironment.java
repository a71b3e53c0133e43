package io.silenda.bench.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A virtual environment with the packages that a requirements file names. */
final class PythonEnvironment {
  private static final long MINUTES_TO_INSTALL = 15;
  private static final long MINUTES_TO_RUN = 10;

  private final Path folder;
  private final Path requirements;

  PythonEnvironment(Path folder, Path requirements) {
    this.folder = folder;
    this.requirements = requirements;
  }

  /** Whether it was installed to the end, for these requirements. */
  boolean isReady() throws IOException {
    Path mark = mark();
    return Files.isRegularFile(mark) && Files.mismatch(mark, requirements) == -1;
  }

  /** Written last. */
  private Path mark() {
    return folder.resolve("installed.txt");
  }

  private Path python() {
    return folder.resolve("bin").resolve("python3");
  }

  /**
   * Makes it and installs the packages.
   *
   * @throws IOException if that is not possible here, with the last line that was printed
   */
  void install() throws IOException {
    Files.createDirectories(folder.toAbsolutePath().getParent());
    finish(List.of("python3", "-m", "venv", folder.toString()), "no virtual environment");
    finish(
        List.of(python().toString(), "-m", "pip", "install", "-q", "-r", requirements.toString()),
        "packages cannot be installed");
    Files.copy(requirements, mark(), StandardCopyOption.REPLACE_EXISTING);
  }

  private static void finish(List<String> command, String otherwise) throws IOException {
    Path printed = Files.createTempFile("silenda-peer", ".log");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      await(
          builder.redirectOutput(printed.toFile()).start(), MINUTES_TO_INSTALL, otherwise, printed);
    } finally {
      Files.delete(printed);
    }
  }

  private static void await(Process process, long minutes, String otherwise, Path printed)
      throws IOException {
    try {
      if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
        throw new IOException(otherwise + ": not done within " + minutes + " minutes");
      }
      if (process.exitValue() != 0) {
        throw new IOException(otherwise + ": " + lastLine(printed));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String lastLine(Path printed) throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(printed), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank())
            .toList();
    return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1).strip();
  }

  /**
   * Runs a script.
   *
   * @param input for its standard input
   * @param printed told each line that it printed, also where it fails later
   * @throws IOException if it cannot be started, fails, or does not end; with the last line of its
   *     standard error
   */
  void run(Path script, String input, Consumer<String> printed) throws IOException {
    Path folder = Files.createTempDirectory("silenda-peer");
    Path in = folder.resolve("in");
    Path out = folder.resolve("out");
    Path error = folder.resolve("error");
    try {
      Files.writeString(in, input);
      Process process =
          new ProcessBuilder(python().toString(), script.toString())
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(error.toFile())
              .start();
      await(process, MINUTES_TO_RUN, script.getFileName() + " failed", error);
    } finally {
      if (Files.exists(out)) {
        Files.readAllLines(out).forEach(printed);
      }
      for (Path file : List.of(in, out, error, folder)) {
        Files.deleteIfExists(file);
      }
    }
  }
}
