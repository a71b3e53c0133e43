package io.silenda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of {@code infer --mode enclave}, without hardware. */
class EnclaveCommandIT {
  private static final String MODEL = "../demo/logreg_breast_cancer.onnx";
  private static final String ROWS = "../demo/breast_cancer_test_x.npy";

  private static final String DEEPER = "../demo/mlp_square.onnx";
  private static final String DIGITS = "../demo/mnist_test_x_u8.npy";
  private static final String SIM = "--insecure-allow-simulated";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Silenda.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void aSimulatedWorkerAnswersWhenItIsAskedForByName() throws Exception {
    assertThat(
            run(
                "infer",
                MODEL,
                "--input",
                ROWS,
                "--rows",
                "0:5",
                "--mode",
                "enclave",
                "--insecure-allow-simulated",
                "--json"))
        .as(err.toString())
        .isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.get("mode").asText()).isEqualTo("enclave");
    assertThat(json.get("output")).hasSize(5);
    assertThat(json.get("argmax_agreement").asDouble()).isEqualTo(1.0);
    assertThat(json.get("max_abs_error_vs_plain").asDouble()).isZero();
    assertThat(json.get("parameters").asText()).startsWith("SIMULATED");
    assertThat(json.at("/guarantee/trusts/0").asText()).startsWith("SIMULATED");
    assertThat(json.at("/worker/verdict").asText()).startsWith("SIMULATED");
    assertThat(json.at("/worker/receipts")).hasSize(1);
    assertThat(err.toString()).contains("SIMULATED worker, not a TEE");
    String digest = json.at("/worker/worker_digest").asText();
    assertThat(run("attest", "measure", MODEL, "--json")).isZero();
    assertThat(new ObjectMapper().readTree(out.toString()).get("worker_digest").asText())
        .isEqualTo(digest);
  }

  @Test
  void withoutAcceptableEvidenceNothingIsStarted() {
    assertThat(run("infer", MODEL, "--input", ROWS, "--mode", "enclave")).isEqualTo(1);
    assertThat(err.toString()).contains("no acceptable evidence");
    for (String policy :
        new String[] {"accept tpm; pcr0 is any", "accept simulated; simulated allowed"}) {
      assertThat(run("infer", MODEL, "--input", ROWS, "--mode", "enclave", "--policy", policy))
          .as(policy)
          .isEqualTo(1);
      assertThat(err.toString()).startsWith("silenda: ").doesNotContain("Exception");
    }
    assertThat(out.toString()).isEmpty();
  }

  private JsonNode json(String... arguments) throws Exception {
    assertThat(run(arguments)).as(err.toString()).isZero();
    return new ObjectMapper().readTree(out.toString());
  }

  private void refused(String reason, String... arguments) {
    assertThat(run(arguments)).as(out.toString()).isEqualTo(1);
    assertThat(err.toString()).startsWith("silenda: ").contains(reason).hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  private static String[] inferSealed(Path model, Path key, Path seen) {
    return new String[] {
      "infer",
      model.toString(),
      "--input",
      DIGITS,
      "--rows",
      "0:20",
      "--mode",
      "enclave",
      "--insecure-allow-simulated",
      "--enclave-memory",
      "200m",
      "--oblivious-tail",
      "argmax",
      "--model-key",
      key.toString(),
      "--seen",
      seen.toString(),
      "--json"
    };
  }

  @Test
  void aSealedModelIsReleasedToTheWorkerAndOldOnesAreRefused(@TempDir Path folder)
      throws Exception {
    Path sealed = folder.resolve("sealed");
    Path model = sealed.resolve("model.sealed");
    Path key = sealed.resolve("model.key");
    String[] seal = {"attest", "seal-model", DEEPER, "-o", sealed.toString(), "--page-size", "1m"};
    assertThat(run(seal)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("version 1", "model.key (mode 0600");
    Path seen = Files.copy(sealed.resolve("model.head"), folder.resolve("seen"));
    Path older = Files.copy(model, folder.resolve("older"));
    assertThat(run(seal)).isZero();
    assertThat(run(seal)).isZero();

    // The client missed version 2.
    JsonNode answer = json(inferSealed(model, key, seen));
    assertThat(answer.get("output")).hasSize(20);
    assertThat(answer.at("/output/0")).hasSize(1);
    assertThat(answer.get("max_abs_error_vs_plain").asDouble()).isZero();
    assertThat(answer.at("/worker/model_head").asText()).startsWith("3:");
    assertThat(answer.at("/worker/max_resident_bytes").asLong()).isEqualTo(200L << 20);
    assertThat(answer.at("/guarantee/does_not_protect_from").toString()).contains("argmax");
    assertThat(Files.readString(sealed.resolve("releases.log"))).contains("model:3:");

    // None of these starts a worker.
    refused("version 1 (wanted: at least 3)", inferSealed(older, key, seen));
    Path other = folder.resolve("other");
    assertThat(run("attest", "seal-model", MODEL, "-o", other.toString())).isZero();
    refused("tag under this key", inferSealed(model, other.resolve("model.key"), seen));
    refused("no head", inferSealed(model, key, folder.resolve("empty")));
    refused("--model-key", "infer", model.toString(), "--input", DIGITS, "--mode", "enclave", SIM);
    byte[] changed = Files.readAllBytes(model);
    changed[20] ^= 1;
    Files.write(older, changed);
    refused("tag under this key", inferSealed(older, key, seen));
  }

  @Test
  void aPlainModelIsPagedBelowACap() throws Exception {
    JsonNode answer =
        json(
            "infer",
            DEEPER,
            "--input",
            DIGITS,
            "--rows",
            "0:20",
            "--mode",
            "enclave",
            SIM,
            "--enclave-memory",
            "192m",
            "--json");
    assertThat(answer.get("argmax_agreement").asDouble()).isEqualTo(1.0);
    double largest = 0;
    for (JsonNode value : answer.at("/output/0")) {
      largest = Math.max(largest, Math.abs(value.asDouble()));
    }
    // Sums of floats in another order.
    assertThat(answer.get("max_abs_error_vs_plain").asDouble()).isLessThan(1e-4 * largest);
    refused(
        "no worker runs in less than 128m",
        "infer",
        DEEPER,
        "--input",
        DIGITS,
        "--mode",
        "enclave",
        SIM,
        "--enclave-memory",
        "64m");
  }
}
