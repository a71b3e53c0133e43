package io.silenda.infer.enclave.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.silenda.attest.AttestationException;
import io.silenda.attest.sealed.ModelHead;
import io.silenda.attest.sealed.ModelKey;
import io.silenda.attest.sealed.SealedHeader;
import io.silenda.attest.sealed.SealedModelWriter;
import io.silenda.infer.PrivateInferenceException;
import io.silenda.infer.PrivateInferenceException.Reason;
import io.silenda.infer.tensor.Npy;
import io.silenda.infer.tensor.Tensor;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagedModelTest {
  private static final long SEED = 960;
  private static final long NO_CAP = Long.MAX_VALUE;

  @TempDir Path folder;

  private final ModelKey key = ModelKey.generate();

  @Test
  void pagesOfEverySizeGiveTheWholeModelsOutput() throws Exception {
    ModelProto model = PagedNetworks.residual(7, 48, SEED);
    Tensor input = rows(3, 48);
    Path file = Files.write(folder.resolve("model.onnx"), model.toByteArray());
    float[] expected = WholeModel.run(file, input);
    for (int pageBytes : new int[] {10_000, 25_000, 1 << 20}) {
      SealedHeader header =
          PagedModelWriter.seal(file, folder.resolve("paged"), key, ModelHead.NONE, pageBytes);
      try (PagedModel paged = PagedModel.open(folder.resolve("paged"), key, NO_CAP)) {
        assertThat(paged.pageCount())
            .isEqualTo(pageBytes == 10_000 ? 7 : pageBytes == 25_000 ? 4 : 1);
        assertThat(paged.header().head()).isEqualTo(header.head());
        // Twice: a run leaves nothing behind that the next one would trip over.
        for (int run = 0; run < 2; run++) {
          assertClose(paged.run(input).values(), expected, 1e-5f);
        }
      }
    }
  }

  @Test
  void convolutionsBranchesAndReshapesArePaged() throws Exception {
    Map<String, String> networks =
        Map.of(
            "lenet5.onnx", "fashion_test.npy",
            "residual_cubic.onnx", "fashion_test.npy",
            "cifar_shape.onnx", "coloured_test.npy",
            "grouped_dilated.onnx", "wide_test.npy");
    for (Map.Entry<String, String> network : networks.entrySet()) {
      Path model = zoo(network.getKey());
      Tensor input = Npy.read(zoo(network.getValue())).rows(0, 4);
      Path target = folder.resolve(network.getKey());
      PagedModelWriter.seal(model, target, key, ModelHead.NONE, 200_000);
      try (PagedModel paged = PagedModel.open(target, key, NO_CAP)) {
        boolean large = Files.size(model) > 200_000;
        assertThat(paged.pageCount() > 1).as(network.getKey()).isEqualTo(large);
        assertClose(paged.run(input).values(), WholeModel.run(model, input), 1e-4f);
      }
    }
  }

  @Test
  void aLayerLargerThanAPageIsRefused() {
    ModelProto model = PagedNetworks.residual(2, 48, SEED);
    assertThatThrownBy(
            () -> PagedModelWriter.seal(model, folder.resolve("x"), key, ModelHead.NONE, 5_000))
        .isInstanceOfSatisfying(
            PrivateInferenceException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.LAYER_TOO_LARGE));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aCapBelowTheProcessItselfIsRefused() throws Exception {
    seal(PagedNetworks.residual(2, 48, SEED));
    assertThatThrownBy(() -> PagedModel.open(folder.resolve("paged"), key, 1 << 20))
        .isInstanceOfSatisfying(
            PrivateInferenceException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.MEMORY_CAP));
  }

  @Test
  void aFlippedBitInAPageStopsTheRun() throws Exception {
    seal(PagedNetworks.residual(3, 48, SEED));
    byte[] file = Files.readAllBytes(folder.resolve("paged"));
    file[file.length - 100] ^= 1;
    Files.write(folder.resolve("paged"), file);
    try (PagedModel paged = PagedModel.open(folder.resolve("paged"), key, NO_CAP)) {
      assertThatThrownBy(() -> paged.run(rows(1, 48)))
          .isInstanceOfSatisfying(
              AttestationException.class,
              e -> assertThat(e.reason()).isEqualTo(io.silenda.attest.Reason.SEALED_CHUNK));
    }
  }

  @Test
  void sealedContentThatIsNoPagedModelIsRefused() throws Exception {
    for (int size : new int[] {1, 12, 5_000}) {
      Path target = folder.resolve("other");
      try (SealedModelWriter out = SealedModelWriter.open(target, key, ModelHead.NONE, 4096)) {
        out.write(new byte[size]);
        out.finish();
      }
      assertThatThrownBy(() -> PagedModel.open(target, key, NO_CAP))
          .isInstanceOfSatisfying(
              PrivateInferenceException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.NOT_A_PAGED_MODEL));
    }
  }

  @Test
  void aRunAfterCloseIsRefused() throws Exception {
    seal(PagedNetworks.residual(2, 48, SEED));
    PagedModel paged = PagedModel.open(folder.resolve("paged"), key, NO_CAP);
    paged.close();
    paged.close();
    assertThatThrownBy(() -> paged.run(rows(1, 48))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anInputOfAnotherShapeIsRefusedByTheRuntime() throws Exception {
    seal(PagedNetworks.residual(2, 48, SEED));
    try (PagedModel paged = PagedModel.open(folder.resolve("paged"), key, NO_CAP)) {
      assertThatThrownBy(() -> paged.run(rows(1, 47)))
          .isInstanceOfSatisfying(
              PrivateInferenceException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.RUNTIME_FAILED));
    }
  }

  private static Path zoo(String name) throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(PagedModelTest.class.getResource("/zoo/" + name)).toURI());
  }

  private void seal(ModelProto model) throws Exception {
    PagedModelWriter.seal(model, folder.resolve("paged"), key, ModelHead.NONE, 20_000);
  }

  static Tensor rows(int count, int width) {
    SplittableRandom random = new SplittableRandom(SEED);
    float[] values = new float[count * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return Tensor.of(new int[] {count, width}, values);
  }

  static void assertClose(float[] seen, float[] expected, float relative) {
    assertThat(seen).hasSameSizeAs(expected);
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < seen.length; i++) {
      assertThat(seen[i]).as("value %d", i).isCloseTo(expected[i], within(relative * largest));
    }
  }
}
