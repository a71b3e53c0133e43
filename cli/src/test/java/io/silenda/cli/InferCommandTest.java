package io.silenda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.silenda.infer.tensor.Npy;
import io.silenda.infer.tensor.Tensor;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class InferCommandTest {
  private static final String MODEL = "../demo/logreg_breast_cancer.onnx";
  private static final String SILU = "../demo/mlp_silu.onnx";
  private static final String RELU = "../demo/cnn_relu.onnx";
  private static final String DIGITS = "../demo/mnist_test_x_u8.npy";
  private static final String ROWS = "../demo/breast_cancer_test_x.npy";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void jsonHasTheMembersOfTheContract() throws Exception {
    assertThat(run("infer", MODEL, "--input", ROWS, "--rows", "0:3", "--json")).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "mode",
            "rows",
            "output",
            "argmax_agreement",
            "max_abs_error_vs_plain",
            "client_encrypt_ms",
            "server_compute_ms",
            "predicted_compute_ms",
            "client_decrypt_ms",
            "setup_ms",
            "request_bytes",
            "response_bytes",
            "evaluation_key_bytes",
            "peak_rss_bytes",
            "parameters",
            "guarantee",
            "activations");
    assertThat(json.get("mode").asText()).isEqualTo("he");
    assertThat(json.get("output")).hasSize(3);
    assertThat(json.get("argmax_agreement").asDouble()).isEqualTo(1.0);
    assertThat(out.toString().strip().lines()).hasSize(1);
  }

  @Test
  void aDryRunSaysWhatEachLayerSawAndThatItEncryptsNothing() throws Exception {
    assertThat(
            run("infer", MODEL, "--input", ROWS, "--rows", "0:3", "--mode", "simulate", "--json"))
        .isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.get("mode").asText()).isEqualTo("simulate");
    assertThat(json.get("output")).hasSize(3);
    assertThat(json.get("layers")).isNotEmpty();
    assertThat(json.get("evaluation_key_bytes").asLong()).isPositive();
    assertThat(json.get("guarantee").get("does_not_protect_from").get(0).asText())
        .contains("encrypts nothing");
  }

  @Test
  void aReportHoldsWhatWasMeasuredBesideWhatWasPredicted() throws Exception {
    Path report = folder.resolve("made").resolve("report");
    assertThat(run("infer", MODEL, "--input", ROWS, "--rows", "0:70", "--report", report))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("report      " + report.resolve("report.html"));
    JsonNode json = new ObjectMapper().readTree(report.resolve("report.json").toFile());
    assertThat(json.get("measured_rows").asInt()).isEqualTo(70);
    assertThat(json.get("measured_millis").asDouble()).isPositive();
    assertThat(json.get("measured_max_error").asDouble())
        .isBetween(0.0, json.get("error_bound").asDouble());
    double ofLayers = 0;
    for (JsonNode layer : json.get("layers")) {
      assertThat(layer.get("predicted_millis").asDouble()).isPositive();
      ofLayers += layer.get("measured_millis").asDouble();
    }
    // The answer's fresh randomness is no layer's.
    assertThat(ofLayers).isBetween(1e-3, json.get("measured_millis").asDouble());
    assertThat(Files.readString(report.resolve("report.html")))
        .contains("<th>measured</th>")
        .contains("What a run of it took");
  }

  @Test
  void reportsNeedEncryptedLayersAndAFolder() throws Exception {
    assertThat(run("infer", MODEL, "--input", ROWS, "--mode", "plain", "--report", folder))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--mode he");
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(run("infer", MODEL, "--input", ROWS, "--report", file.resolve("report")))
        .isEqualTo(1);
  }

  @Test
  void outputGoesToAFileInsteadOfTheJson() throws Exception {
    Path output = folder.resolve("y.npy");
    assertThat(
            run("infer", MODEL, "--input", ROWS, "--mode", "plain", "--json", "--output", output))
        .isZero();
    assertThat(new ObjectMapper().readTree(out.toString()).has("output")).isFalse();
    assertThat(Files.size(output)).isEqualTo(128 + 171 * 4);
  }

  @Test
  void refusalsAreOneLineAndExitOne() throws Exception {
    Path cut = folder.resolve("cut.onnx");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(Path.of(MODEL)), 100));
    Path text = Files.writeString(folder.resolve("text.npy"), "no array");
    List<List<Object>> cases =
        List.of(
            List.of("infer", "missing.onnx", "--input", ROWS),
            List.of("infer", cut, "--input", ROWS),
            List.of("infer", MODEL, "--input", "missing.npy"),
            List.of("infer", MODEL, "--input", text),
            List.of("infer", MODEL, "--input", "../demo/mnist_test_x_u8.npy"),
            List.of("infer", MODEL, "--input", ROWS, "--rows", "0:9999"),
            List.of("infer", MODEL, "--input", ROWS, "--calibration", "missing.npy"),
            List.of("infer", MODEL, "--input", ROWS, "--calibration", DIGITS),
            List.of("infer", SILU, "--input", DIGITS),
            List.of("infer", RELU, "--input", DIGITS, "--rows", "0:1", "--batch", "1"),
            List.of("infer", RELU, "--input", DIGITS, "--calibration", ROWS),
            List.of("infer", MODEL, "--input", ROWS, "--mode", "enclave"));
    for (List<Object> arguments : cases) {
      err.getBuffer().setLength(0);
      assertThat(run(arguments.toArray())).as("%s", arguments).isEqualTo(1);
      assertThat(err.toString().strip().lines()).as("%s", arguments).hasSize(1);
      assertThat(err.toString()).startsWith("silenda: ").doesNotContain("Exception");
    }
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void anActivationWithoutCalibrationIsRefusedAndNeverFittedOnTheInput() {
    assertThat(run("infer", RELU, "--input", DIGITS, "--rows", "0:1")).isEqualTo(1);
    assertThat(err.toString()).contains("--calibration").contains("RELU");
  }

  @Test
  void theReportStatesWhatStandsInThePlaceOfEachActivation() throws Exception {
    // Bytes as they are: the networks take them, if not with the accuracy they were trained for.
    assertThat(
            run(
                "infer",
                RELU,
                "--input",
                DIGITS,
                "--calibration",
                DIGITS,
                "--rows",
                "0:1",
                "--batch",
                "1",
                "--json"))
        .as(err.toString())
        .isZero();
    JsonNode activations = new ObjectMapper().readTree(out.toString()).get("activations");
    assertThat(activations).hasSize(2);
    for (JsonNode activation : activations) {
      assertThat(activation.get("function").asText()).isEqualTo("relu");
      assertThat(activation.get("degree").asInt()).isBetween(2, 63);
      assertThat(activation.get("method").asText()).isIn("least_squares", "minimax");
      assertThat(activation.get("range").get(0).asDouble())
          .isLessThan(activation.get("observed_range").get(0).asDouble());
      assertThat(activation.get("margin").asDouble()).isEqualTo(0.25);
      assertThat(activation.get("max_error").asDouble())
          .isGreaterThan(activation.get("rms_error").asDouble());
    }
  }

  @Test
  void rowsThatLeaveTheRangesOfActivationsAreCountedAndWarnedOf() throws Exception {
    Path scaled = scaledDigits();
    assertThat(
            run(
                "infer",
                RELU,
                "--input",
                DIGITS,
                "--rows",
                "0:2",
                "--calibration",
                scaled,
                "--mode",
                "simulate",
                "--json"))
        .as(err.toString())
        .isZero();
    assertThat(err.toString()).contains("warning: 2 of 2 rows leave the ranges");
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.get("rows_out_of_range").asInt()).isEqualTo(2);
    assertThat(json.get("activations").get(0).get("range_source").asText())
        .isEqualTo("calibration");
  }

  @Test
  void rowsOutsideADeclaredRangeAreRefused() throws Exception {
    Path scaled = scaledDigits();
    List<Object> common = List.of("infer", RELU, "--calibration", scaled, "--input-range", "0:1");
    List<Object> arguments = new ArrayList<>(common);
    arguments.addAll(List.of("--input", DIGITS, "--rows", "0:1"));
    assertThat(run(arguments.toArray())).isEqualTo(1);
    assertThat(err.toString())
        .contains("row 0 holds a value outside the declared input range 0.0..1.0");
    assertThat(run("infer", MODEL, "--calibration", ROWS, "--input-range", "0:1", "--input", ROWS))
        .isEqualTo(1);
    assertThat(err.toString()).contains("row 0 holds a value outside");
    assertThat(run("compile", MODEL, "--calibration", ROWS, "--input-range", "0:1", "-o", folder))
        .isEqualTo(1);
    assertThat(err.toString()).contains("calibration row 0 holds a value outside");
    assertThat(folder.resolve("report.json")).doesNotExist();
  }

  @Test
  void anInputRangeIsTwoNumbersInOrder() {
    for (String wrong : List.of("1:0", "1", "a:b", "0:1:2", "0:Infinity", "NaN:1")) {
      assertThat(run("infer", MODEL, "--input", ROWS, "--input-range", wrong)).isEqualTo(2);
      assertThat(err.toString()).contains("LOW:HIGH");
    }
  }

  /** Twenty digits, their pixels divided by 255. */
  private Path scaledDigits() throws Exception {
    Tensor digits = Npy.read(Path.of(DIGITS)).rows(0, 20);
    float[] values = digits.values();
    for (int i = 0; i < values.length; i++) {
      values[i] /= 255;
    }
    Path file = folder.resolve("scaled.npy");
    Npy.write(file, Tensor.of(digits.shape(), values));
    return file;
  }

  @Test
  void nanIsRefused() throws Exception {
    byte[] bytes = Files.readAllBytes(Path.of(ROWS));
    byte[] nan = {0, 0, (byte) 0xc0, 0x7f};
    System.arraycopy(nan, 0, bytes, bytes.length - 4, 4);
    Path file = Files.write(folder.resolve("nan.npy"), bytes);
    assertThat(run("infer", MODEL, "--input", file)).isEqualTo(1);
    assertThat(err.toString()).contains("nan.npy").contains("NaN");
  }

  @Test
  void bigEndianIsRefused() throws Exception {
    byte[] bytes = Files.readAllBytes(Path.of(ROWS));
    String head = new String(bytes, 0, 128, StandardCharsets.ISO_8859_1);
    bytes[head.indexOf("<f4")] = '>';
    Path file = Files.write(folder.resolve("big.npy"), bytes);
    assertThat(run("infer", MODEL, "--input", file)).isEqualTo(1);
    assertThat(err.toString()).contains("endian");
  }

  @Test
  void calibrationRowsMustFitTheModel() {
    assertThat(
            run("infer", MODEL, "--input", ROWS, "--rows", "0:2", "--calibration", ROWS, "--json"))
        .isZero();
    assertThat(out.toString()).contains("\"argmax_agreement\":1.0");
    String digits = "../demo/mnist_test_x_u8.npy";
    assertThat(run("infer", MODEL, "--input", ROWS, "--calibration", digits)).isEqualTo(1);
    assertThat(err.toString().strip().lines()).hasSize(1);
    assertThat(err.toString()).contains("takes rows of shape [30]");
  }

  @Test
  void demoNeedsItsFolder() {
    assertThat(run("demo", "--data", folder.resolve("nothing"))).isEqualTo(1);
    assertThat(err.toString()).contains("no such folder");
    assertThat(run("demo", "--data", folder)).isEqualTo(1);
    assertThat(err.toString()).contains("mnist_test_x_u8.npy").doesNotContain("Exception");
  }

  @Test
  void wrongUsageExitsTwo() {
    assertThat(run("infer", MODEL)).isEqualTo(2);
    assertThat(run("infer", MODEL, "--input", ROWS, "--rows", "3:1")).isEqualTo(2);
    assertThat(run("infer", MODEL, "--input", ROWS, "--threads", "0")).isEqualTo(2);
    assertThat(run("infer", MODEL, "--input", ROWS, "--mode", "magic")).isEqualTo(2);
  }

  @Test
  void doctorTellsWhatItFound() throws Exception {
    assertThat(run("doctor", "--json")).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.get("seal_version").asText()).matches("4\\.\\d+\\.\\d+");
    assertThat(json.get("kernels").asText()).isNotEmpty();
  }

  private int run(Object... arguments) {
    CommandLine commandLine = Silenda.commandLine();
    commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] texts = new String[arguments.length];
    Arrays.setAll(texts, i -> String.valueOf(arguments[i]));
    return commandLine.execute(texts);
  }
}
