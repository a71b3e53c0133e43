package io.silenda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** The whole way of {@code infer --mode enclave}, without hardware. */
class EnclaveCommandIT {
  private static final String MODEL = "../demo/logreg_breast_cancer.onnx";
  private static final String ROWS = "../demo/breast_cancer_test_x.npy";

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
}
