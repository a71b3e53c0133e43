package io.silenda.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.he.wire.ServerKeys;
import io.silenda.infer.tensor.Npy;
import io.silenda.infer.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Runs the Java code of README.md, and checks that README.md holds it word for word. */
class ReadmeSnippetIT {
  private static final Path ROOT = Path.of("..");

  @Test
  void theSnippetAnswersOnEncryptedPatients() throws Exception {
    Path model = ROOT.resolve("demo/logreg_breast_cancer.onnx");
    Path patients = ROOT.resolve("demo/breast_cancer_test_x.npy");
    assertThat(answer(model, patients).shape()).containsExactly(1, 1);
  }

  // snippet
  static Tensor answer(Path model, Path patients) throws Exception {
    CompiledModel compiled = PrivateModel.fromOnnx(model).compile(CompileOptions.automatic());
    var keyBytes = new ByteArrayOutputStream();
    var request = new ByteArrayOutputStream();
    var response = new ByteArrayOutputStream();
    try (Client client = Client.create(compiled.clientBundle()); // holds the secret key
        Server server = new Server(compiled.serverBundle())) { // holds the weights
      client.writeEvaluationKeys(keyBytes);
      Tensor rows = Npy.read(patients).rows(0, 1);
      RequestTicket ticket = client.encrypt(rows, request, Progress.NONE);

      try (ServerKeys keys = server.readKeys(new ByteArrayInputStream(keyBytes.toByteArray()))) {
        var received = new ByteArrayInputStream(request.toByteArray());
        server.answer(received, keys, response, 1, Progress.NONE);
      }

      var answer = new ByteArrayInputStream(response.toByteArray());
      return client.decrypt(answer, ticket, Progress.NONE).output();
    }
  }

  // end

  @Test
  void readmeHoldsTheSnippet() throws Exception {
    String source =
        Files.readString(Path.of("src/test/java/io/silenda/infer/ReadmeSnippetIT.java"));
    String body = source.substring(source.indexOf("  // snippet\n") + 13);
    String snippet =
        body.substring(0, body.indexOf("  // end"))
            .lines()
            .map(line -> line.startsWith("  ") ? line.substring(2) : line)
            .collect(Collectors.joining("\n"))
            .strip();
    assertThat(Files.readString(ROOT.resolve("README.md"))).contains(snippet);
  }
}
