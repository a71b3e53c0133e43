package io.silenda.dp.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.silenda.dp.checkpoint.ChargedBlock;
import io.silenda.dp.checkpoint.CheckpointFile;
import io.silenda.dp.job.JobException;
import io.silenda.dp.job.JobException.Reason;
import io.silenda.dp.job.TrainingJob;
import io.silenda.dp.report.JobResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedRunTest {
  @TempDir private Path folder;

  @Test
  void aPrivateRunWritesModelCardAndReport() throws Exception {
    Path file =
        JobFixture.write(
            folder,
            "insecure-test-seed: 7\n",
            "schedule: {kind: cosine}\n  averaging-decay: 0.9\n");
    Files.writeString(file, "audit: {canaries: 60, shadow-models: 3}\n", StandardOpenOption.APPEND);
    Path out = folder.resolve("out");
    PreparedRun run = PreparedRun.of(TrainingJob.read(file), out, false);
    JobResult result = run.run(RunListener.NONE, () -> false).orElseThrow();

    assertThat(result.guarantee().secretNoise()).isTrue();
    assertThat(result.guarantee().epsilon()).isLessThanOrEqualTo(3).isGreaterThan(2.9);
    assertThat(result.guarantee().chargedSteps()).isEqualTo(60);
    assertThat(run.ledger().spent()).isCloseTo(result.guarantee().epsilon(), within(0.01));
    assertThat(result.publicAccuracy().orElseThrow()).isGreaterThan(0.8);
    assertThat(out)
        .isDirectoryContaining("glob:**model.onnx")
        .isDirectoryContaining("glob:**model-card.md")
        .isDirectoryContaining("glob:**local-report.html")
        .isDirectoryNotContaining("glob:**checkpoint.bin");
    JsonNode card = new ObjectMapper().readTree(out.resolve("model-card.json").toFile());
    assertThat(card.get("audit").asText()).contains("60 canaries");
    String cardText =
        Files.readString(out.resolve("model-card.json"))
            + Files.readString(out.resolve("model-card.md"));
    assertThat(cardText).doesNotContain(run.dataSha256(), "membership", "loss");
    assertThat(Files.readString(out.resolve("local-report.json")))
        .contains("membership_inference", run.dataSha256(), "local_not_private");
    assertThat(
            ModelProto.parseFrom(Files.readAllBytes(out.resolve("model.onnx")))
                .getMetadataProps(0)
                .getValue())
        .contains("differentially private");
  }

  @Test
  void aResumedRunEndsInTheSameModelAndPaysForWhatItRepeats() throws Exception {
    Path one = Files.createDirectory(folder.resolve("one"));
    JobResult whole =
        PreparedRun.of(JobFixture.job(one), one.resolve("out"), false)
            .run(RunListener.NONE, () -> false)
            .orElseThrow();
    Path two = Files.createDirectory(folder.resolve("two"));
    assertThat(runUntil(two, 33, false)).isEmpty();
    JobResult resumed = runUntil(two, Long.MAX_VALUE, true).orElseThrow();

    assertThat(graph(resumed)).isEqualTo(graph(whole));
    assertThat(whole.guarantee().chargedSteps()).isEqualTo(60);
    // Blocks of 20, 20 (13 of them ran), 20 and 7.
    assertThat(resumed.guarantee().chargedSteps()).isEqualTo(67);
    assertThat(resumed.guarantee().epsilon()).isGreaterThan(whole.guarantee().epsilon());
    assertThat(resumed.guarantee().text()).startsWith("NOT PRIVATE: test seed");
  }

  @Test
  void freshNoiseIsDrawnWithoutATestSeed() throws Exception {
    Path file = JobFixture.write(folder, "insecure-test-seed: 7\n", "averaging-decay: 0\n");
    TrainingJob job = TrainingJob.read(file);
    JobResult first =
        PreparedRun.of(job, folder.resolve("a"), false)
            .run(RunListener.NONE, () -> false)
            .orElseThrow();
    JobResult second =
        PreparedRun.of(job, folder.resolve("b"), false)
            .run(RunListener.NONE, () -> false)
            .orElseThrow();
    assertThat(graph(first)).isNotEqualTo(graph(second));
  }

  @Test
  void anOlderCheckpointIsRefused() throws Exception {
    assertThat(runUntil(folder, 20, false)).isEmpty();
    Path checkpoint = folder.resolve("out").resolve(SegmentedTraining.CHECKPOINT);
    Path old = Files.copy(checkpoint, folder.resolve("old"));
    assertThat(runUntil(folder, 45, true)).isEmpty();
    Files.copy(old, checkpoint, StandardCopyOption.REPLACE_EXISTING);
    JobException refusal =
        catchThrowableOfType(JobException.class, () -> runUntil(folder, 60, true));
    assertThat(refusal.reason()).isEqualTo(Reason.CHECKPOINT);
    assertThat(refusal).hasMessageContaining("the ledger's last entry of its run does not follow");
  }

  /** The weights of a checkpoint are changed, and its digest is made to fit. */
  @Test
  void aChangedModelIsRefused() throws Exception {
    assertThat(runUntil(folder, 20, false)).isEmpty();
    Path file = folder.resolve("out").resolve(SegmentedTraining.CHECKPOINT);
    // Charged for the next block, then died: the ledger names the model it went on from.
    byte[] good = Files.readAllBytes(file);
    var checkpoint = CheckpointFile.read(good);
    PreparedRun run = PreparedRun.of(JobFixture.job(folder), folder.resolve("out"), true);
    run.ledger()
        .charge(
            new ChargedBlock(20, 40, "e".repeat(64)).label("x", checkpoint.run()),
            run.trainer().build().event(20));
    JobException refusal =
        catchThrowableOfType(
            JobException.class,
            () -> PreparedRun.of(JobFixture.job(folder), folder.resolve("out"), true));
    assertThat(refusal.reason()).isEqualTo(Reason.CHECKPOINT);
  }

  @Test
  void aRunThatWasStoppedIsNotBegunAgainByAccident() throws Exception {
    assertThat(runUntil(folder, 20, false)).isEmpty();
    JobException refusal =
        catchThrowableOfType(JobException.class, () -> runUntil(folder, 60, false));
    assertThat(refusal).hasMessageContaining("go on with --resume");
  }

  private static Optional<JobResult> runUntil(Path where, long step, boolean resume)
      throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    return PreparedRun.of(JobFixture.job(where), where.resolve("out"), resume)
        .run(progress -> stop.set(progress.step() >= step), stop::get);
  }

  private static GraphProto graph(JobResult result) throws Exception {
    return ModelProto.parseFrom(result.model()).getGraph();
  }
}
