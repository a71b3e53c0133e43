package io.silenda.dp.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.dp.accounting.AnalyticGaussian;
import io.silenda.dp.accounting.PrivacyEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes charge one ledger; one of them, in turn, is killed at a random moment and started
 * again, 50 times.
 */
class LedgerKillIT {
  private static final int KILLS = 50;

  @TempDir private Path folder;

  @Test
  void killedWritersNeverUnderstateNorCorrupt() throws Exception {
    long seed = 20260117;
    Random random = new Random(seed);
    Path ledgerFile = folder.resolve("ledger");
    Process[] writers = {start(ledgerFile, 0), start(ledgerFile, 1)};
    try {
      for (int kill = 0; kill < KILLS; kill++) {
        int victim = kill % 2;
        waitForProgress(victim, writers[victim]);
        Thread.sleep(random.nextInt(60));
        // SIGKILL: the process runs no code of its own any more.
        writers[victim].destroyForcibly().waitFor();
        check(ledgerFile, "seed " + seed + ", kill " + kill);
        writers[victim] = start(ledgerFile, victim);
      }
    } finally {
      for (Process writer : writers) {
        writer.destroyForcibly().waitFor();
      }
    }
    check(ledgerFile, "seed " + seed + ", end");
  }

  private void check(Path ledgerFile, String where) throws IOException, LedgerException {
    long acknowledged = acknowledged(0) + acknowledged(1);
    PrivacyLedger ledger = PrivacyLedger.open(ledgerFile, LedgerWriter.DATA, LedgerWriter.BUDGET);
    List<PrivacyEvent> events = ledger.events();
    assertThat((long) events.size()).as(where).isGreaterThanOrEqualTo(acknowledged);
    double noise = LedgerWriter.EVENT.noiseMultiplier() / Math.sqrt((double) acknowledged);
    assertThat(ledger.spent())
        .as(where)
        .isGreaterThanOrEqualTo(
            AnalyticGaussian.epsilon(noise, LedgerWriter.BUDGET.delta()) * (1 - 1e-9));
  }

  private void waitForProgress(int writer, Process process) throws Exception {
    long before = acknowledged(writer);
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (acknowledged(writer) == before) {
      assertThat(process.isAlive()).as("writer %d runs", writer).isTrue();
      assertThat(System.nanoTime()).as("writer %d makes progress", writer).isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  private long acknowledged(int writer) throws IOException {
    Path file = folder.resolve("acknowledged-" + writer);
    return Files.exists(file) ? Files.size(file) : 0;
  }

  private Process start(Path ledgerFile, int writer) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            LedgerWriter.class.getName(),
            ledgerFile.toString(),
            folder.resolve("acknowledged-" + writer).toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output-" + writer).toFile())
        .start();
  }
}
