package io.silenda.attest.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.silenda.attest.encoding.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with a shell in the place of Java. */
class LauncherIT {
  @TempDir private Path folder;
  private WorkerFiles files;
  private Path launcher;

  @BeforeEach
  void launcher() throws IOException {
    files = WorkerFiles.create();
    launcher = files.launcher();
    Files.writeString(folder.resolve("data"), "first");
  }

  @AfterEach
  void close() {
    files.close();
  }

  /** A worker that runs a shell command. */
  private WorkerPlan.Builder shell(String command) {
    WorkerPlan.Builder plan = WorkerPlan.builder("bin/sh").file("bin/sh", Path.of("/bin/sh"));
    for (String library :
        new String[] {
          "/lib64/ld-linux-x86-64.so.2", "/lib/x86_64-linux-gnu/libc.so.6", "/lib64/libc.so.6"
        }) {
      if (Files.exists(Path.of(library))) {
        plan.file(library.substring(1), Path.of(library));
      }
    }
    return plan.file("data", folder.resolve("data")).argument("-c").argument(command);
  }

  private record Outcome(int status, String said) {}

  private Outcome run(WorkerPlan plan) throws IOException {
    try (WorkerProcess process = WorkerProcess.start(plan, launcher)) {
      process.input().close();
      String said = new String(process.output().readAllBytes(), StandardCharsets.UTF_8);
      String diagnosis = process.diagnosis();
      int status =
          Integer.parseInt(diagnosis.replaceAll("(?s)^.*ended with status ([0-9]+).*$", "$1"));
      return new Outcome(status, said + diagnosis);
    }
  }

  /** What the worker itself reads from descriptor 3. */
  private String manifest(WorkerPlan.Builder plan) throws IOException {
    Outcome outcome = run(plan.build());
    assertThat(outcome.status()).as(outcome.said()).isZero();
    int end = outcome.said().indexOf(WorkerManifest.FOOTER);
    return outcome.said().substring(0, end) + WorkerManifest.FOOTER + "\n";
  }

  private static final String READ_MANIFEST = "while read -r line <&3; do echo \"$line\"; done";

  @Test
  void theLauncherMeasuresWhatJavaMeasures() throws Exception {
    WorkerPlan.Builder plan = shell(READ_MANIFEST).limit("open-files", 20);
    assertThat(manifest(plan)).isEqualTo(WorkerMeasurement.of(plan.build(), launcher).text());
  }

  @Test
  void theEnvironmentIsEmptyAndNothingOfTheHostIsThere() throws IOException {
    assumeTrue(run(shell("test ! -e /etc").build()).status() == 0, "no namespaces here");
    Outcome outcome =
        run(
            shell(
                    "test -z \"$LD_PRELOAD$HOME$USER\" && test ! -e /home && test ! -e /usr"
                        + " && ! (: >/data) 2>/dev/null && ! (: >/tmp/x) 2>/dev/null && echo held")
                .build());
    assertThat(outcome.said()).startsWith("held");
  }

  @Test
  void filesAreTheHostsOnlyUntilTheyAreMeasured() throws Exception {
    // The worker reads its data twice, before and after the host has swapped the file.
    WorkerPlan plan = shell("read a </data; echo $a; read wait; read b </data; echo $b").build();
    assumeTrue(run(shell("test ! -e /etc").build()).status() == 0, "no namespaces here");
    try (WorkerProcess process = WorkerProcess.start(plan, launcher)) {
      byte[] before = process.output().readNBytes(6);
      Files.writeString(folder.resolve("data"), "second");
      process.input().write('\n');
      process.input().flush();
      byte[] after = process.output().readNBytes(6);
      assertThat(new String(before, StandardCharsets.UTF_8)).isEqualTo("first\n");
      assertThat(after).isEqualTo(before);
    }
  }

  @Test
  void whateverIsSwappedWhileItIsCopiedWhatWasMeasuredIsRead() throws Exception {
    assumeTrue(run(shell("test ! -e /etc").build()).status() == 0, "no namespaces here");
    AtomicBoolean stop = new AtomicBoolean();
    Thread swapper = new Thread(() -> swap(stop));
    swapper.start();
    try {
      for (int i = 0; i < 12; i++) {
        String said = run(shell("read a </data; echo $a; " + READ_MANIFEST).build()).said();
        String content = said.substring(0, said.indexOf('\n'));
        byte[] measured = Digests.SHA_256.hash(content.getBytes(StandardCharsets.UTF_8));
        assertThat(said).contains("file " + HexFormat.of().formatHex(measured) + " ");
      }
    } finally {
      stop.set(true);
      swapper.join();
    }
  }

  private void swap(AtomicBoolean stop) {
    try {
      for (int i = 0; !stop.get(); i++) {
        Path next = folder.resolve("next");
        Files.writeString(next, "content-" + i % 2);
        Files.move(next, folder.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void registersTakeTheDigestAndSixteenZeros() throws Exception {
    Path register = Files.createFile(folder.resolve("rtmr"));
    WorkerPlan.Builder plan = shell("exit 0").extend(register);
    assertThat(run(plan.build()).status()).isZero();
    byte[] digest = WorkerMeasurement.of(plan.build(), launcher).digest();
    assertThat(Files.readAllBytes(register)).isEqualTo(Arrays.copyOf(digest, 48));
  }

  @Test
  void plansThatCannotBeFollowedStartNothing() throws IOException {
    assertThat(run(shell("echo started").file("missing", folder.resolve("missing")).build()))
        .satisfies(outcome -> assertThat(outcome.status()).isEqualTo(125))
        .satisfies(outcome -> assertThat(outcome.said()).doesNotContain("started"));
    assertThat(run(shell("echo started").file("data", folder.resolve("data")).build()).status())
        .isEqualTo(125);
    assertThat(run(shell("echo started").file("folder", folder).build()).status()).isEqualTo(125);
    assertThat(run(shell("echo started").limit("no-such-limit", 1).build()).status())
        .isEqualTo(125);
  }
}
