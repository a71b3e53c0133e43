package io.silenda.attest.sealed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Large containers read by processes of their own; prints how fast, and judges only that they are.
 */
class SealedLoadIT {
  private static final long SEED = 995;

  @TempDir Path folder;

  @Test
  void largeModelsLoadInAFreshProcess() throws Exception {
    Path small = folder.resolve("small");
    seal(small, 1);
    for (int megabytes : new int[] {50, 500}) {
      Path target = folder.resolve("model");
      seal(target, megabytes);
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      String classes = System.getProperty("java.class.path");
      Process process =
          new ProcessBuilder(
                  java,
                  "-cp",
                  classes,
                  SealedLoad.class.getName(),
                  small.toString(),
                  target.toString())
              .redirectErrorStream(true)
              .start();
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      System.out.println(printed);
      assertThat(process.waitFor()).as(printed).isZero();
      assertThat(printed).contains(megabytes + " MB at");
    }
  }

  private static void seal(Path target, int megabytes) throws IOException {
    byte[] part = new byte[1_000_000];
    new SplittableRandom(SEED).nextBytes(part);
    try (ModelKey key = ModelKey.of(new byte[ModelKey.SIZE_BYTES]);
        SealedModelWriter out =
            SealedModelWriter.open(
                target, key, ModelHead.NONE, SealedModelWriter.DEFAULT_CHUNK_BYTES)) {
      for (int i = 0; i < megabytes; i++) {
        out.write(part);
      }
      out.finish();
    }
  }
}
