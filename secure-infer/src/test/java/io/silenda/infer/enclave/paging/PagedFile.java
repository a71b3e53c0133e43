package io.silenda.infer.enclave.paging;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.silenda.attest.AttestationException;
import io.silenda.attest.sealed.ModelHead;
import io.silenda.attest.sealed.ModelKey;
import io.silenda.attest.sealed.SealedModel;
import io.silenda.infer.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Generated networks sealed in pages, for tests of workers. */
public final class PagedFile {
  private static final long SEED = 980;

  private PagedFile() {}

  /** Seals a network; returns what ONNX Runtime makes of {@code rows} with the whole of it. */
  public static float[] seal(
      Path container, ModelKey key, int layers, int width, long pageBytes, Tensor rows)
      throws Exception {
    ModelProto model = PagedNetworks.residual(layers, width, SEED);
    Path file = container.resolveSibling("whole.onnx");
    try (OutputStream out = Files.newOutputStream(file)) {
      model.writeTo(out);
    }
    float[] expected = WholeModel.run(file, rows);
    Files.delete(file);
    PagedModelWriter.seal(model, container, key, ModelHead.NONE, pageBytes);
    return expected;
  }

  /** What names the container. */
  public static ModelHead head(Path container) throws IOException, AttestationException {
    return SealedModel.peek(container).head();
  }

  /** Seeded rows. */
  public static Tensor rows(int count, int width) {
    return PagedModelTest.rows(count, width);
  }

  /** Equal but for the order of sums. */
  public static void assertClose(float[] seen, float[] expected) {
    PagedModelTest.assertClose(seen, expected, 1e-4f);
  }
}
