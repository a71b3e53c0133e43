package io.silenda.cli;

import io.silenda.infer.CompileOptions;
import io.silenda.infer.InferenceReport;
import io.silenda.infer.InferenceRunner;
import io.silenda.infer.PrivateModel;
import io.silenda.infer.plain.PlainModel;
import io.silenda.infer.tensor.Npy;
import io.silenda.infer.tensor.Tensor;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code silenda demo}. */
@Command(
    name = "demo",
    description = "Encrypted digits and patients beside ONNX Runtime, on data in the repository.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final List<String> DIGIT_MODELS =
      List.of("tenseal_cnn_square", "cryptonets_square", "mlp_square");
  private static final List<String> PATIENT_MODELS =
      List.of("logreg_breast_cancer", "logreg_breast_cancer_sklearn");

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "folder of the models and rows (default: the repository's)")
  private Path data = Path.of(System.getProperty("silenda.home", "."), "demo");

  @Option(
      names = "--digits",
      paramLabel = "N",
      defaultValue = "50",
      description = "how many digits (default: ${DEFAULT-VALUE})")
  private int digits = 50;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (!Files.isDirectory(data)) {
      throw new Refusal(data + ": no such folder; name the demo folder with --data");
    }
    Tensor images = pixelsToUnit(Npy.read(data.resolve("mnist_test_x_u8.npy")));
    Tensor patients = Npy.read(data.resolve("breast_cancer_test_x.npy"));
    List<Map<String, Object>> results = new ArrayList<>();
    for (String name : DIGIT_MODELS) {
      results.add(run(name, "digits", images.rows(0, Math.min(digits, images.rows()))));
    }
    for (String name : PATIENT_MODELS) {
      results.add(run(name, "patients", patients));
    }
    if (json) {
      spec.commandLine().getOut().println(Json.line(Map.of("networks", results)));
    }
    spec.commandLine().getOut().flush();
    return 0;
  }

  private Map<String, Object> run(String name, String what, Tensor rows) throws Exception {
    Path path = data.resolve(name + ".onnx");
    PrivateModel model = PrivateModel.fromOnnx(path);
    try (PlainModel plain = PlainModel.open(path, model.graph());
        ConsoleProgress progress = new ConsoleProgress()) {
      InferenceReport report =
          new InferenceRunner(model, plain)
              .runEncrypted(rows, CompileOptions.automatic(), 1, progress);
      progress.finish();
      if (!json) {
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.println("== " + name + " on encrypted " + what);
        ReportText.print(report, out);
        out.flush();
      }
      Map<String, Object> result = Json.report(report, false);
      result.put("network", name);
      return result;
    }
  }

  /** The digits are stored as bytes; their networks were trained on bytes / 255. */
  static Tensor pixelsToUnit(Tensor bytes) {
    float[] values = bytes.values();
    for (int i = 0; i < values.length; i++) {
      values[i] /= 255;
    }
    return Tensor.of(bytes.shape(), values);
  }
}
