package io.silenda.infer.enclave.paging;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.silenda.attest.sealed.LastSeenHead;
import io.silenda.attest.sealed.ModelHead;
import io.silenda.attest.sealed.ModelKey;
import io.silenda.he.oblivious.ObliviousKernels;
import io.silenda.infer.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs README.md's code on sealed models, and checks that README.md holds it word for word. */
class SealedSnippetTest {
  @TempDir Path folder;

  @Test
  void theSnippetRunsASealedModel() throws Exception {
    ModelProto model = PagedNetworks.residual(3, 48, 1);
    Path sealed = folder.resolve("sealed");
    Path seen = folder.resolve("seen");
    try (ModelKey key = ModelKey.generate()) {
      PagedModelWriter.seal(model, sealed, key, ModelHead.NONE, 20_000);
      LastSeenHead.at(seen).enroll(ModelHead.NONE);
      float[] answer = runSealed(sealed, key.copySecret(), seen, PagedModelTest.rows(1, 48));
      assertThat(answer).hasSize(48);
      assertThat(LastSeenHead.at(seen).current().orElseThrow().modelVersion()).isOne();
    }
  }

  // snippet
  static float[] runSealed(Path sealed, byte[] released, Path seen, Tensor rows) throws Exception {
    try (ModelKey key = ModelKey.of(released);
        PagedModel model = PagedModel.open(sealed, key, 4L << 30)) { // most bytes resident
      LastSeenHead.at(seen).accept(List.of(model.header())); // refuses an older or another model
      return ObliviousKernels.relu(model.run(rows).values());
    }
  }

  // end

  @Test
  void readmeHoldsTheSnippet() throws Exception {
    String source =
        Files.readString(
            Path.of("src/test/java/io/silenda/infer/enclave/paging/SealedSnippetTest.java"));
    String body = source.substring(source.indexOf("  // snippet\n") + 13);
    String snippet =
        body.substring(0, body.indexOf("  // end"))
            .lines()
            .map(line -> line.startsWith("  ") ? line.substring(2) : line)
            .collect(Collectors.joining("\n"))
            .strip();
    assertThat(Files.readString(Path.of("../README.md"))).contains("```java\n" + snippet + "\n```");
  }
}
