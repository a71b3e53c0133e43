package io.silenda.infer.enclave.paging;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.silenda.attest.sealed.ModelHead;
import io.silenda.attest.sealed.ModelKey;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network four times as large as the whole process may be. */
class PagedModelIT {
  private static final long CAP_BYTES = 160L << 20;
  private static final int WIDTH = 2048;
  private static final long LAYER_BYTES = 4L * WIDTH * WIDTH;
  private static final int LAYERS = (int) (4 * CAP_BYTES / LAYER_BYTES) + 1;
  private static final int ROWS = 2;
  private static final long SEED = 980;

  @TempDir Path folder;

  @Test
  void weightsOfFourTimesTheCapRunBelowIt() throws Exception {
    Path file = folder.resolve("model.onnx");
    Path paged = folder.resolve("paged");
    try (ModelKey key = ModelKey.generate()) {
      seal(file, paged, key);
      float[] expected = WholeModel.run(file, PagedModelTest.rows(ROWS, WIDTH));
      Files.delete(file);
      assertThat(Files.size(paged)).isGreaterThan(4 * CAP_BYTES);

      Process worker = start(paged);
      try (OutputStream in = worker.getOutputStream()) {
        in.write(key.copySecret());
      }
      try (DataInputStream out = new DataInputStream(worker.getInputStream())) {
        long peakBytes = out.readLong();
        float[] seen = new float[expected.length];
        for (int i = 0; i < seen.length; i++) {
          seen[i] = out.readFloat();
        }
        System.out.printf(
            "paged: %d MiB of weights, %d MiB resident at most, cap %d MiB%n",
            (LAYERS * LAYER_BYTES) >> 20, peakBytes >> 20, CAP_BYTES >> 20);
        assertThat(peakBytes).isLessThanOrEqualTo(CAP_BYTES);
        PagedModelTest.assertClose(seen, expected, 1e-4f);
      }
      assertThat(worker.waitFor()).isZero();
    }
  }

  private static void seal(Path file, Path paged, ModelKey key) throws Exception {
    ModelProto model = PagedNetworks.residual(LAYERS, WIDTH, SEED);
    try (OutputStream out = Files.newOutputStream(file)) {
      model.writeTo(out);
    }
    PagedModelWriter.seal(model, paged, key, ModelHead.NONE, LAYER_BYTES + (1 << 20));
  }

  private static Process start(Path paged) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            java,
            "-Xmx24m",
            "-XX:+UseSerialGC",
            "-XX:ReservedCodeCacheSize=24m",
            "-cp",
            System.getProperty("java.class.path"),
            PagedWorker.class.getName(),
            paged.toString(),
            Long.toString(CAP_BYTES),
            Integer.toString(ROWS),
            Integer.toString(WIDTH));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
