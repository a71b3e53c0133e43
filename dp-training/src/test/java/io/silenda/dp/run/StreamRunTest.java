package io.silenda.dp.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import io.silenda.dp.accounting.PrivacyEvent.MatrixMechanism;
import io.silenda.dp.accounting.PrivacyEvent.TreeAggregation;
import io.silenda.dp.job.JobException;
import io.silenda.dp.job.TrainingJob;
import io.silenda.dp.report.JobResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs by DP-FTRL. */
class StreamRunTest {
  private static final String BANDED =
      "mechanism: {kind: banded-mf, batches-per-epoch: 10, bands: 8}";

  @TempDir private Path folder;

  @Test
  void aPrivateRunSaysWhatNeighboursAreAndWhatItSpent() throws Exception {
    Path file =
        JobFixture.write(
            folder, JobFixture.STREAM, "insecure-test-seed: 7\n", "averaging-decay: 0.9\n");
    Files.writeString(file, "audit: {canaries: 60}\n", StandardOpenOption.APPEND);
    Path out = folder.resolve("out");
    PreparedRun run = PreparedRun.of(TrainingJob.read(file), out, false);
    JobResult result = run.run(RunListener.NONE, () -> false).orElseThrow();

    assertThat(run.ledger().events())
        .isEqualTo(
            Collections.nCopies(3, new MatrixMechanism(new Gaussian(run.noiseMultiplier()))));
    assertThat(result.guarantee().epsilon()).isLessThanOrEqualTo(3).isGreaterThan(2.9);
    assertThat(result.guarantee().chargedSteps()).isEqualTo(60);
    assertThat(run.ledger().spent()).isCloseTo(result.guarantee().epsilon(), within(0.01));
    assertThat(result.publicAccuracy().orElseThrow()).isGreaterThan(0.8);
    assertThat(result.audit().orElseThrow().refutes(3)).isFalse();
    assertThat(Files.readString(out.resolve("model-card.md")))
        .contains("differentially private under replace-special")
        .contains(
            "one record replaced by one that contributes zero. Neighbours have the same order")
        .contains("(DP-FTRL): banded matrix factorisation", "| bands | 8 |")
        .contains("| sampling | none: batches in a fixed order |", "| batches per epoch | 10 |")
        .contains("| participations per mechanism | 2 |")
        .doesNotContain("sampling rate");
  }

  @Test
  void treesAreChargedEpochByEpoch() throws Exception {
    Path file =
        JobFixture.write(
            folder, JobFixture.STREAM, BANDED, "mechanism: {kind: tree, batches-per-epoch: 10}");
    PreparedRun run = PreparedRun.of(TrainingJob.read(file), folder.resolve("out"), false);
    JobResult result = run.run(RunListener.NONE, () -> false).orElseThrow();
    TreeAggregation tree = new TreeAggregation(new Gaussian(run.noiseMultiplier()), 10);
    assertThat(run.ledger().events()).isEqualTo(Collections.nCopies(3, tree.times(2)));
    assertThat(result.guarantee().epsilon()).isLessThanOrEqualTo(3).isGreaterThan(2.9);
  }

  /** By default the noise of all steps is one mechanism: that cancels most. */
  @Test
  void withoutCheckpointsTheWholeRunIsOneMechanism() throws Exception {
    Path file =
        JobFixture.write(folder, JobFixture.STREAM, "checkpoint-every: 20", "averaging-decay: 0");
    PreparedRun run = PreparedRun.of(TrainingJob.read(file), folder.resolve("out"), false);
    assertThat(run.run(RunListener.NONE, () -> false)).isPresent();
    assertThat(run.ledger().events()).hasSize(1);
  }

  @Test
  void aRunResumedBetweenMechanismsEndsInTheSameModel() throws Exception {
    Path one = Files.createDirectory(folder.resolve("one"));
    JobResult whole = runUntil(one, Long.MAX_VALUE, false).orElseThrow();
    Path two = Files.createDirectory(folder.resolve("two"));
    assertThat(runUntil(two, 40, false)).isEmpty();
    JobResult resumed = runUntil(two, Long.MAX_VALUE, true).orElseThrow();
    assertThat(graph(resumed)).isEqualTo(graph(whole));
    assertThat(resumed.guarantee()).isEqualTo(whole.guarantee());
  }

  /** The noise of the mechanism that was cut off is gone: a fourth one begins, and is charged. */
  @Test
  void aRunStoppedInsideOfAMechanismPaysForAnother() throws Exception {
    assertThat(runUntil(folder, 33, false)).isEmpty();
    JobResult resumed = runUntil(folder, Long.MAX_VALUE, true).orElseThrow();
    PreparedRun again = PreparedRun.of(job(folder), folder.resolve("other"), false);
    assertThat(again.ledger().events())
        .hasSize(4)
        .containsOnly(new MatrixMechanism(new Gaussian(again.noiseMultiplier())));
    assertThat(resumed.guarantee().chargedSteps()).isEqualTo(67);
    assertThat(resumed.guarantee().epsilon()).isGreaterThan(3.3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "adjacency: replace-special|adjacency: add-remove|privacy.adjacency: saw add-remove, allowed: replace-one, replace-special",
        "`batches-per-epoch: 10, bands: 8`|`batches-per-epoch: 9, bands: 8`|privacy.mechanism.batches-per-epoch: saw 9, allowed: at least 10, for 400 rows in batches of 40",
        "bands: 8|bands: 11|privacy.mechanism.bands: saw 11, allowed: a whole number from 1 to 10",
        "kind: banded-mf|kind: ftrl|privacy.mechanism.kind: saw ftrl, allowed: dp-sgd, banded-mf, tree",
        "`{kind: banded-mf, batches-per-epoch: 10, bands: 8}`|`{kind: banded-mf, batches-per-epoch: 10}\n  sampling-rate: 0.1`|privacy.sampling-rate: saw 0.1, allowed: no sampling",
        "`{kind: banded-mf, batches-per-epoch: 10, bands: 8}`|`{kind: dp-sgd, bands: 8}`|privacy.sampling-rate: saw nothing",
        "`kind: flat, norm: 1`|`kind: adaptive, initial-norm: 1, count-noise: 5`|privacy.clipping: saw",
        "expected-batch-size: 40|expected-batch-size: 40.5|training.expected-batch-size: saw 40.5, allowed: a whole number",
        "`banded-mf, batches-per-epoch: 10, bands: 8`|`tree, batches-per-epoch: 15`|training.checkpoint-every: saw 20, allowed: whole epochs of 15 batches",
        "epsilon: 3|epsilon: 0.001|privacy.epsilon: saw 0.001000, allowed: at least",
        "epsilon: 10|epsilon: 2|budget of clouds exceeded: epsilon 0.00000 of 2.00000 is spent",
        "checkpoint-every: 20|`checkpoint-every: 20\naudit: {canaries: 401}`|audit.canaries: saw 401, allowed: up to 400",
      })
  void whatIsWrongIsSaidInOneLineAndNothingIsSpent(String replaced, String by, String message)
      throws Exception {
    Path file = JobFixture.write(folder, JobFixture.STREAM, replaced, by);
    JobException refusal =
        catchThrowableOfType(
            JobException.class,
            () -> PreparedRun.of(TrainingJob.read(file), folder.resolve("out"), false));
    assertThat(refusal).hasMessageContaining(message);
    assertThat(refusal.toString().lines()).hasSize(1);
    if (Files.exists(folder.resolve("clouds.ledger"))) {
      assertThat(Files.readString(folder.resolve("clouds.ledger"))).doesNotContain("charge");
    }
  }

  private static TrainingJob job(Path where) throws Exception {
    return TrainingJob.read(JobFixture.write(where, JobFixture.STREAM, "two clouds", "two clouds"));
  }

  private static Optional<JobResult> runUntil(Path where, long step, boolean resume)
      throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    return PreparedRun.of(job(where), where.resolve("out"), resume)
        .run(progress -> stop.set(progress.step() >= step), stop::get);
  }

  private static GraphProto graph(JobResult result) throws Exception {
    return ModelProto.parseFrom(result.model()).getGraph();
  }
}
