package io.silenda.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the packaged command line as processes of its own. */
final class Processes {
  private static final Path JAR = Path.of("target/silenda-cli-0.1.0-SNAPSHOT.jar");
  private static final long LIMIT_SECONDS = 300;

  private Processes() {}

  /** Exit code and what was printed to either stream. */
  record Result(int code, String text) {}

  /** {@code java -jar silenda-cli.jar}, and some arguments. */
  static List<String> silenda(Object... arguments) {
    List<String> command = new ArrayList<>(java());
    command.add("-jar");
    command.add(JAR.toString());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return command;
  }

  /** The same with a heap that keeps all it ever held, dumped at the end. */
  static List<String> dumping(Path dump, Object... arguments) {
    List<String> command = new ArrayList<>(java());
    command.addAll(
        List.of(
            "-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC", "-Xmx8g", "-Xms512m", "-cp"));
    command.add(JAR + ":target/test-classes");
    command.add(HeapDumpMain.class.getName());
    command.add(dump.toString());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return command;
  }

  private static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED");
  }

  static Result run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("still running after " + LIMIT_SECONDS + " s: " + command);
    }
    return new Result(process.exitValue(), text);
  }
}
