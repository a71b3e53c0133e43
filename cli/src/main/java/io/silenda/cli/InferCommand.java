package io.silenda.cli;

import io.silenda.infer.CompilationReport;
import io.silenda.infer.CompileOptions;
import io.silenda.infer.InferenceReport;
import io.silenda.infer.InferenceRunner;
import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.PrivateModel;
import io.silenda.infer.approx.InputRange;
import io.silenda.infer.graph.OnnxImportException;
import io.silenda.infer.plain.PlainModel;
import io.silenda.infer.plain.PlainModelException;
import io.silenda.infer.tensor.Npy;
import io.silenda.infer.tensor.NpyFormatException;
import io.silenda.infer.tensor.Tensor;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code silenda infer}. */
@Command(
    name = "infer",
    description = "Answer on rows with an ONNX model, encrypted or in the clear.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Rows are .npy arrays (float32, float64, int, uint8; first axis = rows), taken by value and",
      "never scaled: divide pixels by 255 first if the model was trained so.",
      "",
      "Example: silenda infer model.onnx --input x.npy --rows 0:50 --json"
    })
final class InferCommand implements Callable<Integer> {
  /** Modes of the command line; more than this version can run. */
  enum RequestedMode {
    plain,
    simulate,
    he,
    enclave
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL.onnx", description = "the model; for enclave also a sealed one")
  private Path model;

  @Option(names = "--input", required = true, paramLabel = "X.npy", description = "the rows")
  private Path input;

  @Option(
      names = "--calibration",
      paramLabel = "C.npy",
      description = "rows that show the range of the inputs; may be public ones")
  private Optional<Path> calibration = Optional.empty();

  @Option(
      names = "--input-range",
      paramLabel = "LOW:HIGH",
      converter = InputRangeConverter.class,
      description =
          "all rows lie there, others are refused: bounds the range of activations, and stands in"
              + " for --calibration where networks are small")
  private Optional<InputRange> inputRange = Optional.empty();

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "he",
      description =
          "plain, simulate, he or enclave (default: ${DEFAULT-VALUE}); simulate is a dry run in the"
              + " clear; enclave needs evidence that a policy accepts")
  private RequestedMode mode = RequestedMode.he;

  @Option(
      names = "--rows",
      paramLabel = "A:B",
      converter = RowRange.Converter.class,
      description = "only these rows: zero-based, B not included")
  private Optional<RowRange> rows = Optional.empty();

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "rows a ciphertext: 1 answers one row soonest; default: as many as cost nothing")
  private Optional<Integer> batch = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "T",
      defaultValue = "1",
      description = "size of the server's pool (default: ${DEFAULT-VALUE})")
  private int threads = 1;

  @Mixin private AnswerOptions answers;

  @Mixin private EnclaveOptions enclave;

  @Mixin private SealedModelOptions sealed;

  @Option(names = "--output", paramLabel = "Y.npy", description = "write the output there")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "write report.json and report.html there: what compile predicts, layer by layer, beside"
              + " what this run measured; he only")
  private Optional<Path> reportFolder = Optional.empty();

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    requireUsage();
    if (mode == RequestedMode.enclave) {
      return callEnclave();
    }
    if (reportFolder.isPresent()) {
      // Before what takes long: a folder that cannot be made shall not cost a run.
      Files.createDirectories(reportFolder.get());
    }
    PrivateModel privateModel = PrivateModel.fromOnnx(model);
    if (calibration.isPresent()) {
      privateModel = privateModel.calibrate(Npy.read(calibration.get()));
    }
    InferenceReport report = run(privateModel, readRows());
    if (output.isPresent()) {
      Npy.write(output.get(), report.output());
    }
    if (reportFolder.isPresent()) {
      CompilationReport predicted = report.compiled().orElseThrow().report();
      CompilationFiles.write(reportFolder.get(), predicted, Optional.of(report));
    }
    warn(report);
    print(report, Map.of());
    return 0;
  }

  /** Under encryption nobody would see it; here the rows are at hand in the clear. */
  private void warn(InferenceReport report) {
    if (report.rowsOutOfRange() > 0) {
      PrintWriter err = spec.commandLine().getErr();
      err.printf(
          "silenda: warning: %d of %d rows leave the ranges that activations were approximated on:"
              + " their answers may be far off; calibrate on rows like them%n",
          report.rowsOutOfRange(), report.rows());
      err.flush();
    }
  }

  private int callEnclave() throws Exception {
    EnclaveInference.Result result =
        new EnclaveInference(enclave, sealed, spec.commandLine().getErr())
            .run(model, readRows(), batch.orElse(0));
    if (output.isPresent()) {
      Npy.write(output.get(), result.report().output());
    }
    print(result.report(), result.worker());
    return 0;
  }

  private Tensor readRows() throws NpyFormatException, Refusal {
    Tensor tensor = Npy.read(input);
    return rows.isPresent() ? rows.get().of(tensor) : tensor;
  }

  private void requireUsage() {
    if (threads < 1 || threads > 1024) {
      throw new ParameterException(spec.commandLine(), "--threads " + threads + " outside 1..1024");
    }
    if (batch.isPresent() && batch.get() < 1) {
      throw new ParameterException(spec.commandLine(), "--batch " + batch.get() + " is below 1");
    }
    if (reportFolder.isPresent() && mode != RequestedMode.he) {
      throw new ParameterException(
          spec.commandLine(), "--report measures encrypted layers: it needs --mode he");
    }
  }

  private InferenceReport run(PrivateModel privateModel, Tensor tensor)
      throws PrivateInferenceException, PlainModelException, OnnxImportException {
    try (PlainModel plain = PlainModel.open(model, privateModel.graph());
        ConsoleProgress progress = new ConsoleProgress()) {
      InferenceRunner runner = new InferenceRunner(privateModel, plain);
      if (mode == RequestedMode.plain) {
        return runner.runPlain(tensor);
      }
      CompileOptions options = CompileOptions.automatic();
      options = batch.isPresent() ? options.withBatch(batch.get()) : options;
      options = inputRange.isPresent() ? options.withInputRange(inputRange.get()) : options;
      options = answers.addTo(options);
      return mode == RequestedMode.simulate
          ? runner.runSimulated(tensor, options, progress)
          : runner.runEncrypted(tensor, options, threads, progress);
    }
  }

  private void print(InferenceReport report, Map<String, Object> worker) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> members = Json.report(report, output.isEmpty());
      if (!worker.isEmpty()) {
        members.put("worker", worker);
      }
      out.println(Json.line(members));
    } else {
      ReportText.print(report, out);
      out.println(
          output.isPresent()
              ? "output      " + output.get()
              : "output      use --output Y.npy or --json to see it");
      reportFolder.ifPresent(folder -> out.println("report      " + folder.resolve("report.html")));
    }
    out.flush();
  }
}
