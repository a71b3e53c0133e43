package io.silenda.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.silenda.he.wire.ServerKeys;
import io.silenda.infer.graph.SmallNetworks;
import io.silenda.infer.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a report says of bytes, beside what is sent and held. */
class PredictedBytesTest {
  private static final double TOLERANCE = 0.05;

  @TempDir private Path folder;

  @Test
  void theReportsBytesAreThoseThatAreSentAndHeld() throws Exception {
    Path path = SmallNetworks.withPolynomial(folder, 0.1, 0.5, 0, -0.2);
    CompiledModel compiled =
        PrivateModel.fromOnnx(path).compile(CompileOptions.automatic().withBatch(1));
    CompilationReport report = compiled.report();
    Tensor row = Tensor.of(new int[] {1, SmallNetworks.INPUTS}, new float[SmallNetworks.INPUTS]);
    ByteArrayOutputStream keys = new ByteArrayOutputStream();
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    try (Client client = Client.create(compiled.clientBundle());
        Server server = new Server(compiled.serverBundle())) {
      client.writeEvaluationKeys(keys);
      client.encrypt(row, request, Progress.NONE);
      try (ServerKeys read = server.readKeys(new ByteArrayInputStream(keys.toByteArray()))) {
        server.answer(
            new ByteArrayInputStream(request.toByteArray()), read, response, 1, Progress.NONE);
        assertClose(read.evaluationKeys().nativeBytes(), report.keyMemoryBytes());
      }
      assertClose(server.weightBytes(), report.weightMemoryBytes());
    }
    assertClose(keys.size(), report.evaluationKeyBytes());
    assertClose(request.size(), report.requestBytes());
    assertClose(response.size(), report.responseBytes());
  }

  private static void assertClose(long actual, long predicted) {
    assertThat((double) predicted).isCloseTo((double) actual, within(TOLERANCE * actual));
  }
}
