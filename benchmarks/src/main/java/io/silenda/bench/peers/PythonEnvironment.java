package io.silenda.bench.peers;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

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
   * @throws IOException if that is not possible here
   */
  void install() throws IOException {
    Files.createDirectories(folder.toAbsolutePath().getParent());
    finish(List.of("python3", "-m", "venv", folder.toString()), "no virtual environment");
    finish(
        List.of(python().toString(), "-m", "pip", "install", "-q", "-r", requirements.toString()),
        "packages cannot be installed");
    Files.copy(requirements, mark());
  }

  private static void finish(List<String> command, String otherwise) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    if (!ends(process, MINUTES_TO_INSTALL) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(otherwise);
    }
  }

  private static boolean ends(Process process, long minutes) throws IOException {
    try {
      return process.waitFor(minutes, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * Runs a script.
   *
   * @param input for its standard input
   * @return the lines that it printed
   * @throws IOException if it cannot be started, or does not end
   */
  List<String> run(Path script, String input) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(python().toString(), script.toString());
    File nowhere = Redirect.DISCARD.file();
    Process process = builder.redirectError(Redirect.to(nowhere)).start();
    try (OutputStream out = process.getOutputStream()) {
      out.write(input.getBytes(StandardCharsets.UTF_8));
    }
    List<String> lines = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
      }
    }
    if (!ends(process, MINUTES_TO_RUN)) {
      process.destroyForcibly();
      throw new IOException(script.getFileName() + " does not end");
    }
    return lines;
  }
}
