package io.silenda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.infer.graph.Graph;
import io.silenda.infer.graph.OnnxImporter;
import io.silenda.infer.graph.Operator.Dense;
import io.silenda.infer.plain.PlainModel;
import io.silenda.infer.tensor.Npy;
import io.silenda.infer.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Client and server as processes of their own, with folders of their own. */
class FourProcessesIT {
  private static final Path MODEL = Path.of("../demo/tenseal_cnn_square.onnx");
  private static final int ROWS = 3;

  @TempDir private static Path folder;
  private static Path client;
  private static Path server;
  private static Path serverDump;
  private static Path encryptDump;
  private static Path decryptDump;
  private static Tensor rows;
  private static List<String> serverCommand;

  @BeforeAll
  static void fourSteps() throws Exception {
    client = Files.createDirectory(folder.resolve("client"));
    server = Files.createDirectory(folder.resolve("server"));
    serverDump = folder.resolve("server.hprof");
    encryptDump = folder.resolve("encrypt.hprof");
    decryptDump = folder.resolve("decrypt.hprof");
    Tensor digits = Npy.read(Path.of("../demo/mnist_test_x_u8.npy"));
    rows = DemoCommand.pixelsToUnit(digits.rows(0, ROWS));
    Npy.write(client.resolve("x.npy"), rows);
    done(Processes.silenda("compile", MODEL, "-o", server));
    Path bundle = client.resolve("client.bundle");
    Files.move(server.resolve("client.bundle"), bundle);
    Path keys = client.resolve("keys");
    done(Processes.silenda("keygen", "--client", bundle, "-o", keys));
    Path request = server.resolve("request");
    done(
        Processes.dumping(
            encryptDump,
            "encrypt",
            "--client",
            bundle,
            "--keys",
            keys,
            "--input",
            client.resolve("x.npy"),
            "-o",
            request));
    Files.copy(keys.resolve("evaluation.keys"), server.resolve("evaluation.keys"));
    serverCommand =
        Processes.dumping(
            serverDump,
            "evaluate",
            "--server",
            server.resolve("server.bundle"),
            "--evaluation-keys",
            server.resolve("evaluation.keys"),
            "--input",
            request,
            "-o",
            server.resolve("response"));
    done(serverCommand);
    Path response = Files.copy(server.resolve("response"), client.resolve("response"));
    done(
        Processes.dumping(
            decryptDump,
            "decrypt",
            "--client",
            bundle,
            "--keys",
            keys,
            "--input",
            response,
            "-o",
            client.resolve("y.npy")));
  }

  @Test
  void theAnswersAreThoseOfOnnxRuntime() throws Exception {
    Tensor answers = Npy.read(client.resolve("y.npy"));
    Graph graph = OnnxImporter.read(MODEL);
    try (PlainModel plain = PlainModel.open(MODEL, graph)) {
      Tensor expected = plain.run(rows.reshaped(new int[] {ROWS, 1, 28, 28})).firstFloatOutput();
      double largest = 0;
      for (int i = 0; i < ROWS * 10; i++) {
        largest = Math.max(largest, Math.abs(answers.value(i) - expected.value(i)));
      }
      assertThat(largest).isPositive().isLessThan(0.05);
    }
  }

  @Test
  void sizesAreSmall() throws Exception {
    assertThat(Files.size(server.resolve("request")) / ROWS).isLessThanOrEqualTo(250_000);
    assertThat(Files.size(server.resolve("response")) / ROWS).isLessThanOrEqualTo(70_000);
    assertThat(Files.size(server.resolve("evaluation.keys"))).isLessThanOrEqualTo(60_000_000);
  }

  @Test
  void theServerNeverHasTheSecretKey() throws Exception {
    byte[] file = Files.readAllBytes(client.resolve("keys/secret.key"));
    Needles secret = new Needles();
    // Behind the headers, and before the digest.
    for (int at = 256; at + 48 < file.length; at += 200) {
      secret.bytes(Arrays.copyOfRange(file, at, at + 16));
    }
    // No dump can be asked for it: the client wipes the key as well.
    assertThat(secret.foundIn(client.resolve("keys/secret.key")))
        .as("the search works")
        .isEqualTo(secret.count());
    assertNowhere(secret, server);
    assertThat(secret.foundIn(serverDump)).isZero();
    assertThat(String.join(" ", serverCommand)).doesNotContain("secret", client.toString());
  }

  @Test
  void theServerNeverHasARow() throws Exception {
    Needles row = new Needles();
    float[] values = rows.values();
    for (int at = 0; at + 3 < values.length; at++) {
      float[] four = Arrays.copyOfRange(values, at, at + 4);
      if (four[0] > 0 && four[1] > 0 && four[2] > 0 && four[3] > 0 && four[0] != four[1]) {
        row.numbers(four[0], four[1], four[2], four[3]);
        at += 20;
      }
    }
    assertThat(row.foundIn(encryptDump)).as("the search works").isGreaterThan(10);
    assertNowhere(row, server);
    assertThat(row.foundIn(serverDump)).isZero();
  }

  @Test
  void theClientNeverHasAWeight() throws Exception {
    Needles weights = new Needles();
    Needles single = new Needles();
    for (var node : OnnxImporter.read(MODEL).nodes()) {
      if (node.operator() instanceof Dense dense) {
        double[] row = dense.weights().row(3);
        for (int at = 0; at + 1 < row.length; at += 16) {
          weights.numbers(row[at], row[at + 1]);
          single.numbers(row[at]);
        }
      }
    }
    assertThat(weights.count()).isGreaterThan(20);
    assertThat(single.foundIn(serverDump)).as("the search works").isGreaterThanOrEqualTo(10);
    assertThat(weights.foundIn(MODEL)).as("the search works").isGreaterThan(0);
    assertNowhere(weights, client);
    assertThat(weights.foundIn(encryptDump)).isZero();
    assertThat(weights.foundIn(decryptDump)).isZero();
  }

  private static void assertNowhere(Needles needles, Path side) throws IOException {
    try (Stream<Path> files = Files.walk(side)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(needles.foundIn(file)).as(file.toString()).isZero();
      }
    }
  }

  private static void done(List<String> command) throws Exception {
    Processes.Result result = Processes.run(command);
    assertThat(result.code()).as("%s%n%s", command, result.text()).isZero();
  }
}
