package io.silenda.bench.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this process would start another one like itself. */
public final class JavaCommand {
  private JavaCommand() {}

  /** The command that runs a main class on this process's class path. */
  public static List<String> of(Class<?> main, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    return command;
  }
}
