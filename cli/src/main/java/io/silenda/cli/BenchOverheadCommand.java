package io.silenda.cli;

import io.silenda.bench.backend.Subject;
import io.silenda.bench.overhead.DemoSubjects;
import io.silenda.bench.overhead.OverheadBench;
import io.silenda.bench.overhead.OverheadOptions;
import io.silenda.bench.overhead.OverheadRun;
import io.silenda.bench.report.BenchFormat;
import io.silenda.bench.report.OverheadFiles;
import io.silenda.bench.report.OverheadMarkdown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code silenda bench overhead}. */
@Command(
    name = "overhead",
    description =
        "What privacy costs: accuracy, latency, bytes, energy, memory and who learns what.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Each network on each backend in a process of its own, asked in turns; then how cost grows,",
      "emulated devices, and other libraries. DIR/overhead.json holds every sample,",
      "DIR/overhead.html charts, DIR/overhead.md a summary. Run it on an idle machine: what is too",
      "noisy is marked.",
      "",
      "Example: silenda bench overhead --quick -o bench"
    })
final class BenchOverheadCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL.onnx",
      arity = "0..*",
      description = "networks to measure (default: the repository's)")
  private List<Path> models = List.of();

  @Option(names = "--input", paramLabel = "X.npy", description = "rows for the networks named")
  private Optional<Path> input = Optional.empty();

  @Option(names = "--labels", paramLabel = "Y.npy", description = "classes of the rows")
  private Optional<Path> labels = Optional.empty();

  @Option(
      names = "--divisor",
      paramLabel = "D",
      defaultValue = "1",
      description = "what rows are divided by first (default: ${DEFAULT-VALUE})")
  private double divisor = 1;

  @Option(
      names = "--calibration-rows",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "rows from the end that show the range of activations (default: ${DEFAULT-VALUE}, for"
              + " polynomials)")
  private int calibrationRows = 0;

  @Option(
      names = "--watts-per-core",
      paramLabel = "W",
      defaultValue = "5",
      description =
          "of a busy core, where energy cannot be read and is estimated (default: ${DEFAULT-VALUE})")
  private double wattsPerCore = 5;

  @Mixin private PeerOptions peers = new PeerOptions();

  @Option(names = "--quick", description = "under three minutes: one process each, few rounds")
  private boolean quick;

  @Mixin private BenchOutput output = new BenchOutput();

  @Override
  public Integer call() throws Exception {
    OverheadOptions options = new OverheadOptions(subjects(), quick, wattsPerCore, peers.folders());
    OverheadRun run;
    try (ConsoleProgress progress = new ConsoleProgress()) {
      run = new OverheadBench(options).run(progress);
    }
    OverheadFiles.write(run, output.folder());
    output.print(BenchFormat.line(run), OverheadMarkdown.of(run), "overhead.html");
    return 0;
  }

  private List<Subject> subjects() throws Refusal {
    Path home = Path.of(System.getProperty("silenda.home", "."));
    if (models.isEmpty()) {
      Path demo = home.resolve("demo");
      if (!Files.isDirectory(demo)) {
        throw new Refusal(demo + ": no such folder; name networks and --input");
      }
      return DemoSubjects.in(demo.toAbsolutePath());
    }
    if (input.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--input is missing: rows for the networks");
    }
    if (calibrationRows < 0) {
      throw new ParameterException(
          spec.commandLine(), "--calibration-rows " + calibrationRows + " is below 0");
    }
    String rows = input.get().toAbsolutePath().toString();
    String classes = labels.map(path -> path.toAbsolutePath().toString()).orElse("");
    return models.stream().map(model -> subject(model.toAbsolutePath(), rows, classes)).toList();
  }

  private Subject subject(Path model, String rows, String classes) {
    String name = String.valueOf(model.getFileName()).replaceAll("\\.onnx$", "");
    return new Subject(name, model.toString(), rows, classes, divisor, calibrationRows);
  }
}
