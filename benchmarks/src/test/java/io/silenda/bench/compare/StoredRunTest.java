package io.silenda.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredRunTest {
  private static final String RUN =
      "{\"schema\":\"silenda-bench\",\"version\":1,\"suite\":\"kernels\",\"quick\":true,"
          + "\"machine\":{\"cpu\":\"C\",\"kernels\":\"avx2\"},\"entries\":[{\"operation\":\"rotation\","
          + "\"parameters\":{\"keys\":\"cold\",\"degree\":8192,\"key_bytes\":7},"
          + "\"ratio\":{\"samples\":[2.0,2.5]}}]}";

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("run.json"), text);
  }

  @Test
  void readsRatiosByOperationAndParameters() throws IOException {
    StoredRun run = StoredRun.read(file(RUN));
    assertThat(run.machine()).isEqualTo("C, kernels avx2");
    assertThat(run.quick()).isTrue();
    assertThat(run.ratios()).containsOnlyKeys("rotation {degree=8192, keys=cold}");
    assertThat(run.ratios().values().iterator().next()).containsExactly(2.0, 2.5);
  }

  @Test
  void roundsOfOneBlockAreOneValue() throws IOException {
    String run = RUN.replace("[2.0,2.5]}", "[2.0,2.5,9.0,4.0,6.0]},\"block_rounds\":[3,2]");
    assertThat(StoredRun.read(file(run)).ratios().values().iterator().next())
        .containsExactly(2.5, 5.0);
    assertThatIOException()
        .isThrownBy(() -> StoredRun.read(file(run.replace("[3,2]", "[3,3]"))))
        .withMessageContaining("blocks without rounds");
    assertThatIOException()
        .isThrownBy(() -> StoredRun.read(file(run.replace("[3,2]", "[0,2]"))))
        .withMessageContaining("blocks without rounds");
  }

  @Test
  void readsStepsOfTrainingLikeEntries() throws IOException {
    String steps =
        ",\"steps\":[{\"operation\":\"step\",\"parameters\":{\"network\":\"mlp\"},"
            + "\"ratio\":{\"samples\":[0.5]}}]}";
    StoredRun run = StoredRun.read(file(RUN.substring(0, RUN.length() - 1) + steps));
    assertThat(run.ratios()).hasSize(2);
    assertThat(run.ratios().get("step {network=mlp}")).containsExactly(0.5);
  }

  @Test
  void refusesWhatIsNoRun() throws IOException {
    assertThatIOException().isThrownBy(() -> StoredRun.read(file("{")));
    assertThatIOException().isThrownBy(() -> StoredRun.read(file("{}")));
    assertThatIOException()
        .isThrownBy(() -> StoredRun.read(file(RUN.replace("\"version\":1", "\"version\":2"))));
    assertThatIOException()
        .isThrownBy(() -> StoredRun.read(file(RUN.replace("2.5", "-1"))))
        .withMessageContaining("not positive");
  }
}
