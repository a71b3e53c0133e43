package io.silenda.attest.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that are killed: whatever they handed out stands in their log. */
class ReleaseKillIT {
  private static final int KILLS = 8;

  @TempDir private Path folder;

  @Test
  void aKilledBrokerLeavesNoUnloggedRelease() throws Exception {
    long seed = 20261121;
    Random random = new Random(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      Process broker = start(ReleaseWriter.Halt.NEVER);
      try {
        waitForRelease(broker);
        Thread.sleep(random.nextInt(40));
      } finally {
        // SIGKILL: the process runs no code of its own any more.
        broker.destroyForcibly().waitFor();
      }
      check("seed " + seed + ", kill " + kill);
    }
  }

  @Test
  void aBrokerThatStopsBesideItsLogLeavesNoUnloggedRelease() throws Exception {
    for (ReleaseWriter.Halt halt :
        List.of(
            ReleaseWriter.Halt.BEFORE_LOG,
            ReleaseWriter.Halt.WITHIN_LOG,
            ReleaseWriter.Halt.AFTER_LOG)) {
      Process broker = start(halt);
      assertThat(broker.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(broker.exitValue()).as(halt.toString()).isEqualTo(3);
      check(halt.toString());
    }
    // Four releases each time; the third time a fifth was logged and not handed out.
    assertThat(handedOut()).hasSize(12);
    assertThat(ReleaseLog.read(log())).hasSize(13);
  }

  private void check(String where) throws Exception {
    Set<String> logged = new HashSet<>();
    for (Release release : ReleaseLog.read(log())) {
      logged.add(HexFormat.of().formatHex(release.reportData()));
    }
    assertThat(logged).as(where).containsAll(handedOut());
  }

  private Path log() {
    return folder.resolve("releases");
  }

  private List<String> handedOut() throws IOException {
    Path file = folder.resolve("handed-out");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private void waitForRelease(Process broker) throws Exception {
    int before = handedOut().size();
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (handedOut().size() == before) {
      assertThat(broker.isAlive()).as("the broker runs").isTrue();
      assertThat(System.nanoTime()).as("the broker makes progress").isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  private Process start(ReleaseWriter.Halt halt) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            ReleaseWriter.class.getName(),
            log().toString(),
            folder.resolve("handed-out").toString(),
            halt.name())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
  }
}
