package io.silenda.dp.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.silenda.dp.accounting.PrivacyAccountant;
import io.silenda.dp.accounting.PrivacyEvent;
import io.silenda.dp.accounting.PrivacyEvent.Composed;
import io.silenda.dp.accounting.PrivacyEvent.Repeated;
import io.silenda.dp.checkpoint.ChargedBlock;
import io.silenda.dp.checkpoint.Checkpoint;
import io.silenda.dp.checkpoint.CheckpointFile;
import io.silenda.dp.job.TrainingJob;
import io.silenda.dp.ledger.DataSetIdentity;
import io.silenda.dp.ledger.LedgerEntry;
import io.silenda.dp.ledger.PrivacyLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A training process is killed at random points, most of them inside of a block, and started again,
 * until it has trained to its end.
 */
class TrainingKillIT {
  private static final int KILLS = 4;
  private static final long SEED = 20261122;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"sampled", "fixed order"})
  void killedRunsNeverUnderstateNorCorrupt(String kind) throws Exception {
    String text = kind.equals("sampled") ? JobFixture.JOB : JobFixture.STREAM;
    Path file = JobFixture.write(folder, text, "epsilon: 10", "epsilon: 900");
    TrainingJob job = TrainingJob.read(file);
    Random random = new Random(SEED);
    for (int kill = 0; kill < KILLS; kill++) {
      String where = kind + ", seed " + SEED + ", kill " + kill;
      Process process = start(file);
      try {
        waitForStep(process, acknowledged() + 1 + random.nextInt(25));
      } finally {
        // SIGKILL: the process runs no code of its own any more.
        process.destroyForcibly().waitFor();
      }
      check(job, where);
    }
    Process last = start(file);
    assertThat(last.waitFor(120, TimeUnit.SECONDS)).as("the last run ends").isTrue();
    assertThat(last.exitValue()).as(Files.readString(folder.resolve("output"))).isZero();
    check(job, kind + ", end");
    assertThat(folder.resolve("out")).isDirectoryNotContaining("glob:**/.*");
    assertSameModelAsUninterrupted(file);
  }

  /** Steps that ran are charged, the guarantee is that of all charges, the checkpoint is whole. */
  private void check(TrainingJob job, String where) throws Exception {
    PrivacyLedger ledger = ledger(job);
    List<LedgerEntry> entries = ledger.entries();
    assertThat(ChargedBlock.steps(entries)).as(where).isGreaterThanOrEqualTo(acknowledged());
    List<PrivacyEvent> events = entries.stream().map(LedgerEntry::event).toList();
    assertThat(events).as(where).hasSameSizeAs(entries);
    assertThat(events.stream().mapToLong(event -> count(event, job)).sum())
        .as(where)
        .isGreaterThanOrEqualTo(acknowledged());
    assertThat(ledger.spent())
        .as(where)
        .isGreaterThanOrEqualTo(
            PrivacyAccountant.pld()
                .epsilon(new Composed(events), job.privacy().adjacency(), ledgerDelta(job)));
    Path file = folder.resolve("out").resolve(SegmentedTraining.CHECKPOINT);
    if (Files.exists(file)) {
      Checkpoint checkpoint = CheckpointFile.read(Files.readAllBytes(file));
      ChargedBlock.requireLast(entries, checkpoint);
      assertThat(checkpoint.state().step()).as(where).isPositive();
    }
  }

  /** Steps that an event pays for; a mechanism of correlated noise has those of a block. */
  private static long count(PrivacyEvent event, TrainingJob job) {
    return event instanceof Repeated repeated ? repeated.count() : job.training().checkpointEvery();
  }

  private static double ledgerDelta(TrainingJob job) {
    return job.privacy().budget().delta();
  }

  private PrivacyLedger ledger(TrainingJob job) throws Exception {
    return PrivacyLedger.open(
        job.privacy().ledger(),
        new DataSetIdentity(job.data().name(), job.data().source().read().sha256()),
        job.privacy().budget());
  }

  /** Only whole blocks are kept, so that with a test seed nothing tells the two runs apart. */
  private void assertSameModelAsUninterrupted(Path file) throws Exception {
    PreparedRun.of(TrainingJob.read(file), folder.resolve("whole"), false)
        .run(RunListener.NONE, () -> false);
    assertThat(ModelProto.parseFrom(model("out")).getGraph())
        .isEqualTo(ModelProto.parseFrom(model("whole")).getGraph());
  }

  private byte[] model(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name).resolve("model.onnx"));
  }

  private void waitForStep(Process process, long step) throws Exception {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (acknowledged() < step && process.isAlive()) {
      assertThat(System.nanoTime()).as("the process makes progress").isLessThan(deadline);
      Thread.sleep(2);
    }
  }

  private long acknowledged() throws IOException {
    Path file = folder.resolve("acknowledged");
    return Files.exists(file) ? Files.size(file) : 0;
  }

  private Process start(Path job) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            TrainingProcess.class.getName(),
            job.toString(),
            folder.resolve("out").toString(),
            folder.resolve("acknowledged").toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
  }
}
