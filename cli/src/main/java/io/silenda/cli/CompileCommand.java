package io.silenda.cli;

import io.silenda.infer.CompilationReport;
import io.silenda.infer.CompileOptions;
import io.silenda.infer.CompiledModel;
import io.silenda.infer.Objective;
import io.silenda.infer.PrivateModel;
import io.silenda.infer.approx.InputRange;
import io.silenda.infer.bundle.Bundles;
import io.silenda.infer.tensor.Npy;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code silenda compile}. */
@Command(
    name = "compile",
    description = "Compile an ONNX model into a bundle for its clients and one for its server.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "client.bundle holds shapes, parameters and the list of keys, and no weight: give it to the",
      "owners of rows. server.bundle holds the weights: keep it. report.html shows what it costs.",
      "",
      "Example: silenda compile model.onnx --calibration rows.npy -o compiled"
    })
final class CompileCommand implements Callable<Integer> {
  /** Objectives as the command line spells them. */
  enum Goal {
    latency(Objective.LATENCY),
    throughput(Objective.THROUGHPUT),
    keys(Objective.KEYS),
    memory(Objective.MEMORY);

    private final Objective objective;

    Goal(Objective objective) {
      this.objective = objective;
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL.onnx", description = "the model")
  private Path model;

  @Option(
      names = "--calibration",
      paramLabel = "X.npy",
      description = "rows that show the range of the inputs; needed for ReLU, SiLU and the like")
  private Optional<Path> calibration = Optional.empty();

  @Option(
      names = "--input-range",
      paramLabel = "LOW:HIGH",
      converter = InputRangeConverter.class,
      description =
          "all inputs lie there: bounds the range of activations, and stands in for --calibration"
              + " where networks are small")
  private Optional<InputRange> inputRange = Optional.empty();

  @Option(names = "--batch", paramLabel = "N", description = "rows a ciphertext (default: free)")
  private Optional<Integer> batch = Optional.empty();

  @Option(
      names = "--objective",
      paramLabel = "GOAL",
      description =
          "latency, throughput, keys or memory: what to need least of, as predicted (default: the"
              + " smallest ring, and as many rows as cost nothing)")
  private Optional<Goal> objective = Optional.empty();

  @Option(
      names = "--max-error",
      paramLabel = "E",
      description = "largest error of an answer to accept")
  private Optional<Double> maxError = Optional.empty();

  @Mixin private AnswerOptions answers;

  @Option(names = "--dump-ir", description = "print the compiled program")
  private boolean dumpIr;

  @Option(names = "-o", required = true, paramLabel = "DIR", description = "where bundles go")
  private Path directory;

  @Override
  public Integer call() throws Exception {
    CompileOptions options = options();
    PrivateModel privateModel = PrivateModel.fromOnnx(model);
    if (calibration.isPresent()) {
      privateModel = privateModel.calibrate(Npy.read(calibration.get()));
    }
    CompiledModel compiled = privateModel.compile(options);
    CompilationReport report = compiled.report();
    Files.createDirectories(directory);
    Bundles.write(directory.resolve("server.bundle"), compiled.serverBundle());
    Bundles.write(directory.resolve("client.bundle"), compiled.clientBundle());
    CompilationFiles.write(directory, report, Optional.empty());
    print(compiled, report);
    return 0;
  }

  private CompileOptions options() {
    CompileOptions options = CompileOptions.automatic();
    try {
      options = batch.isPresent() ? options.withBatch(batch.get()) : options;
      options = inputRange.isPresent() ? options.withInputRange(inputRange.get()) : options;
      options = objective.isPresent() ? options.withObjective(objective.get().objective) : options;
      options = answers.addTo(options);
      return maxError.isPresent() ? options.withMaxError(maxError.get()) : options;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void print(CompiledModel compiled, CompilationReport report) {
    PrintWriter out = spec.commandLine().getOut();
    if (dumpIr) {
      out.println(compiled.dumpIr());
    }
    out.println("parameters  " + report.parameters());
    out.printf("rows        %d a ciphertext%n", report.rowsPerRequest());
    out.println(
        "error       "
            + ReportText.shortNumber(report.predictedMaxError())
            + " predicted from encryption");
    out.println(
        "size        request "
            + ReportText.bytes(report.requestBytes())
            + ", response "
            + ReportText.bytes(report.responseBytes())
            + ", evaluation keys "
            + ReportText.bytes(report.evaluationKeyBytes()));
    ReportText.printActivations(report.activations(), out);
    ReportText.printProtections(report.guarantee(), out);
    out.println("bundles     " + directory.resolve("client.bundle") + " (for clients, no weight)");
    out.println("            " + directory.resolve("server.bundle") + " (weights: keep it)");
    out.println(
        "next        silenda keygen --client " + directory.resolve("client.bundle") + " -o KEYS");
    out.flush();
  }
}
