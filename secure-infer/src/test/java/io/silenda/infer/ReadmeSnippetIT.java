package io.silenda.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.he.CkksContext;
import io.silenda.he.EvaluationKeys;
import io.silenda.infer.tensor.Npy;
import io.silenda.infer.tensor.Tensor;
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
    try (CkksContext context = compiled.newContext();
        Client client = new Client(compiled.clientBundle(), context); // holds the secret key
        Server server = new Server(compiled.serverBundle(), context); // holds the weights
        EvaluationKeys keys = client.evaluationKeys(); // the client's, for the server to use
        EncryptedRequest request = client.encrypt(Npy.read(patients).rows(0, 1));
        EncryptedResponse response = server.evaluate(request, keys)) {
      return client.decrypt(response);
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
