package io.silenda.cli;

import io.silenda.bench.kernels.KernelBench;
import io.silenda.bench.kernels.KernelReport;
import io.silenda.bench.report.KernelFiles;
import io.silenda.bench.report.KernelJson;
import io.silenda.bench.report.KernelText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
  @Option(names = "--quick", description = "about a minute: fewer sizes and rounds")
  private boolean quick;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "folder of the networks to measure (default: the repository's)")
  private Path data = Path.of(System.getProperty("silenda.home", "."), "demo");

  @Mixin private BenchOutput output = new BenchOutput();

  @Override
  public Integer call() throws Exception {
    KernelReport report;
    try (ConsoleProgress progress = new ConsoleProgress()) {
      report = new KernelBench(quick, data).run(progress);
    }
    KernelFiles.write(report, output.folder());
    output.print(KernelJson.line(report), text(report), "kernels.html");
    return 0;
  }

  private static String text(KernelReport report) {
    StringWriter text = new StringWriter();
    KernelText.print(report, new PrintWriter(text));
    return text.toString();
  }
}
