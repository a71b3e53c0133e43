package io.silenda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.silenda.infer.tensor.Npy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerOptionsTest {
  private static final String MODEL = "../demo/logreg_breast_cancer.onnx";
  private static final String ROWS = "../demo/breast_cancer_test_x.npy";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... arguments) {
    return Silenda.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
  }

  private Path answered(Object... options) {
    Path compiled = folder.resolve("compiled");
    Object[] compile = {"compile", MODEL, "--calibration", ROWS, "-o", compiled};
    Object[] all = Arrays.copyOf(compile, compile.length + options.length);
    System.arraycopy(options, 0, all, compile.length, options.length);
    assertThat(run(all)).as("%s", err).isZero();
    Path client = compiled.resolve("client.bundle");
    Path keys = folder.resolve("keys");
    assertThat(run("keygen", "--client", client, "-o", keys)).isZero();
    Path request = folder.resolve("x.request");
    assertThat(run("encrypt", "--client", client, "--keys", keys, "--input", ROWS, "-o", request))
        .isZero();
    Path response = folder.resolve("x.response");
    assertThat(
            run(
                "evaluate",
                "--server",
                compiled.resolve("server.bundle"),
                "--evaluation-keys",
                keys.resolve("evaluation.keys"),
                "--input",
                request,
                "-o",
                response))
        .isZero();
    return client;
  }

  private int decrypt(Path client, String name, Object... options) {
    Object[] decrypt = {
      "decrypt",
      "--client",
      client,
      "--keys",
      folder.resolve("keys"),
      "--input",
      folder.resolve("x.response"),
      "-o",
      folder.resolve(name)
    };
    Object[] all = Arrays.copyOf(decrypt, decrypt.length + options.length);
    System.arraycopy(options, 0, all, decrypt.length, options.length);
    return run(all);
  }

  @Test
  void answersAreFloodedTwiceWhereBothWereAskedFor() throws Exception {
    Path client = answered("--circuit-privacy", "--share", 1000, "--share-error", 0.01);
    JsonNode report =
        new ObjectMapper().readTree(Files.readString(folder.resolve("compiled/report.json")));
    JsonNode protections = report.at("/guarantee/protections");
    assertThat(protections.get(0).asText()).contains("circuit privacy: on").contains("2^-40 each");
    assertThat(protections.get(1).asText()).contains("room for 1000 answers at 30");
    assertThat(out.toString()).contains("protection  circuit privacy: on");
    assertThat(Files.readString(folder.resolve("compiled/report.html")))
        .contains("circuit privacy: on");
    assertThat(decrypt(client, "own.npy")).isZero();
    assertThat(decrypt(client, "shared.npy", "--share")).as("%s", err).isZero();
    float[] own = Npy.read(folder.resolve("own.npy")).values();
    float[] shared = Npy.read(folder.resolve("shared.npy")).values();
    assertThat(shared).hasSameSizeAs(own).isNotEqualTo(own);
    for (int i = 0; i < own.length; i++) {
      // Seven deviations: exceeded by one value in a hundred billion.
      assertThat(Math.abs(shared[i] - own[i])).as("row %d", i).isLessThan(0.0175f);
    }
  }

  @Test
  void answersOfModelsWithoutRoomAreNotShared() throws Exception {
    Path client = answered();
    assertThat(decrypt(client, "own.npy")).isZero();
    assertThat(decrypt(client, "shared.npy", "--share")).isEqualTo(1);
    assertThat(err.toString()).contains("no room to share").contains("--share-error");
    assertThat(folder.resolve("shared.npy")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "--circuit-privacy=7, not in 8..64",
    "--circuit-privacy=65, not in 8..64",
    "--share=10, need each other",
    "--share-error=0.1, need each other",
  })
  void numbersThatMeanNothingAreUsageErrors(String option, String reason) {
    assertThat(run("compile", MODEL, "-o", folder.resolve("none"), option)).isEqualTo(2);
    assertThat(err.toString()).contains(reason);
    assertThat(folder.resolve("none")).doesNotExist();
    assertThat(run("infer", MODEL, "--input", ROWS, option)).isEqualTo(2);
  }

  @Test
  void inferSaysWhichProtectionsAreOn() throws Exception {
    assertThat(run("infer", MODEL, "--input", ROWS, "--circuit-privacy", "20", "--json")).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.at("/guarantee/protections/0").asText()).contains("2^-20 each");
    assertThat(json.at("/guarantee/does_not_protect_from").toString())
        .doesNotContain("not flooded");
    assertThat(json.get("argmax_agreement").asDouble()).isEqualTo(1.0);
  }
}
