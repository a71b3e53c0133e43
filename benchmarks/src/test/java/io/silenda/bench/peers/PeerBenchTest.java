package io.silenda.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.silenda.bench.overhead.LeftOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts are the shell's here, so that no Python is needed. */
class PeerBenchTest {
  private static final String MEASUREMENT =
      "{\"peer\":\"P\",\"version\":\"1\",\"operation\":\"o\",\"model\":\"m\","
          + "\"nanos\":[3,1,2],\"detail\":\"d\"}";

  @TempDir Path folder;
  private final List<LeftOut> leftOut = new ArrayList<>();

  /** An environment that looks installed, whose interpreter is the shell. */
  private void script(String name, String text) throws IOException {
    Path requirements = Files.writeString(folder.resolve(name + ".txt"), "nothing==1\n");
    Files.writeString(folder.resolve(name + ".py"), text);
    Path bin = Files.createDirectories(environment(name).resolve("bin"));
    Path python = Files.writeString(bin.resolve("python3"), "#!/bin/sh\nexec sh \"$@\"\n");
    Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwx------"));
    Files.copy(requirements, environment(name).resolve("installed.txt"));
  }

  private Path environment(String name) {
    return folder.resolve("environments").resolve(name);
  }

  private List<PeerEntry> run(boolean quick, String... names) throws IOException {
    PeerFolders folders = new PeerFolders(folder, folder.resolve("environments"));
    return new PeerBench(folders, quick, leftOut::add)
        .run(List.of(names), Map.of("quick", quick), (phase, done, of) -> {});
  }

  @Test
  void measurementsAndTheTaskPass() throws IOException {
    script("a", "grep -q '\"quick\":true' && echo '" + MEASUREMENT + "'\n");
    List<PeerEntry> entries = run(true, "a");
    assertThat(leftOut).isEmpty();
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).peer()).isEqualTo("P");
    assertThat(entries.get(0).model()).isEqualTo("m");
  }

  @Test
  void whatWasMeasuredBeforeAFailureIsKept() throws IOException {
    script("a", "echo '" + MEASUREMENT + "'\necho because >&2\nexit 3\n");
    assertThat(run(true, "a")).hasSize(1);
    assertThat(leftOut).hasSize(1);
    assertThat(leftOut.get(0).why()).contains("a.py failed").contains("because");
  }

  @Test
  void whatAPeerLeavesOutIsSaid() throws IOException {
    script("a", "echo '{\"peer\":\"P\",\"left_out\":\"too deep\"}'\necho nonsense\n");
    assertThat(run(true, "a")).isEmpty();
    assertThat(leftOut).extracting(LeftOut::why).anyMatch("too deep"::equals);
    assertThat(leftOut).extracting(LeftOut::why).anyMatch(why -> why.contains("no JSON: nonsense"));
  }

  @Test
  void quickRunsInstallNothing() throws IOException {
    script("a", "");
    Files.delete(environment("a").resolve("installed.txt"));
    assertThat(run(true, "a", "b")).isEmpty();
    assertThat(leftOut).extracting(LeftOut::why).first().asString().contains("not installed");
    assertThat(leftOut).extracting(LeftOut::why).last().asString().contains("no script");
  }

  /** The pip of such an environment is a file that the shell does not find. */
  @Test
  void aFailedInstallationSaysWhy() throws IOException {
    script("a", "");
    Files.writeString(folder.resolve("a.txt"), "no-such-package-anywhere @ file:///none\n");
    assertThat(run(false, "a")).isEmpty();
    assertThat(leftOut).hasSize(1);
    assertThat(leftOut.get(0).why())
        .containsAnyOf("cannot be installed: ", "no virtual", "Cannot run program");
  }
}
