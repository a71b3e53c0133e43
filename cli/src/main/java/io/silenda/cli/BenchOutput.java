package io.silenda.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where a run of {@code silenda bench} goes, and what is printed of it. */
final class BenchOutput {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "-o", required = true, paramLabel = "DIR", description = "where the report goes")
  private Path folder;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  Path folder() {
    return folder;
  }

  /**
   * @param page the report's file in the folder
   */
  void print(String jsonLine, String text, String page) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(jsonLine);
    } else {
      out.println(text);
      out.println("report   " + folder.resolve(page));
    }
    out.flush();
  }
}
