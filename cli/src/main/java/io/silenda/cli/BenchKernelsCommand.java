package io.silenda.cli;

import io.silenda.bench.kernels.KernelBench;
import io.silenda.bench.kernels.KernelReport;
import io.silenda.bench.report.KernelFiles;
import io.silenda.bench.report.KernelJson;
import io.silenda.bench.report.KernelText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code silenda bench kernels}. */
@Command(
    name = "kernels",
    description = "Every operation of the crypto core beside SEAL's, and what the machine allows.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "DIR/kernels.json holds every sample, DIR/kernels.html charts and figures. Run it on an idle",
      "machine: what is too noisy is marked.",
      "",
      "Example: silenda bench kernels --quick -o bench"
    })
final class BenchKernelsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--quick", description = "under a minute: fewer sizes and rounds")
  private boolean quick;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "folder of the networks to measure (default: the repository's)")
  private Path data = Path.of(System.getProperty("silenda.home", "."), "demo");

  @Option(names = "-o", required = true, paramLabel = "DIR", description = "where the report goes")
  private Path folder;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    KernelReport report;
    try (ConsoleProgress progress = new ConsoleProgress()) {
      report = new KernelBench(quick, data).run(progress);
    }
    KernelFiles.write(report, folder);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(KernelJson.line(report));
    } else {
      KernelText.print(report, out);
      out.println();
      out.println("report   " + folder.resolve("kernels.html"));
    }
    out.flush();
    return 0;
  }
}
