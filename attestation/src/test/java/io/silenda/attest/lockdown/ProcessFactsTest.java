package io.silenda.attest.lockdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a folder that looks like one of {@code /proc}. */
class ProcessFactsTest {
  private static final String STATUS =
      """
      Name:	java
      CapInh:	0000000000000000
      CapPrm:	0000000000000000
      CapEff:	0000000000000000
      CapAmb:	0000000000000000
      NoNewPrivs:	1
      Seccomp:	2
      """;

  private static final String MOUNTS =
      """
      64 42 0:40 / / ro,nosuid,nodev,relatime - tmpfs silenda rw,mode=700
      65 64 0:21 / /proc rw,relatime - proc proc rw
      66 64 0:6 /null /dev/null rw - devtmpfs devtmpfs rw
      67 64 0:41 / /tmp rw,noexec - tmpfs silenda rw,size=4k
      """;

  private static final String LIMITS =
      """
      Limit                     Soft Limit           Hard Limit           Units
      Max core file size        0                    0                    bytes
      """;

  @TempDir private Path folder;

  @BeforeEach
  void aProcessThatIsLockedDown() throws IOException {
    for (String thread : new String[] {"10", "11"}) {
      Files.createDirectories(folder.resolve("task").resolve(thread));
      Files.writeString(folder.resolve("task").resolve(thread).resolve("status"), STATUS);
    }
    Files.createDirectories(folder.resolve("net"));
    Files.writeString(
        folder.resolve("net/dev"), "Inter-| Receive\n face |bytes\n    lo:       0\n");
    Files.writeString(folder.resolve("mountinfo"), MOUNTS);
    Files.writeString(folder.resolve("limits"), LIMITS);
  }

  private ProcessFacts facts() {
    return new ProcessFacts(folder, folder.resolve("limits"), Map.of());
  }

  @Test
  void aLockedDownProcessHasNoDifference() throws IOException {
    assertThat(facts().threadDifference("NoNewPrivs", "1")).isEmpty();
    assertThat(facts().threadDifference("Seccomp", "2")).isEmpty();
    assertThat(facts().capabilityDifference()).isEmpty();
    assertThat(facts().rootDifference()).isEmpty();
    assertThat(facts().networkDifference()).isEmpty();
    assertThat(facts().coreLimitDifference()).isEmpty();
    assertThat(facts().environmentDifference()).isEmpty();
  }

  @Test
  void oneThreadOfManyIsEnough() throws IOException {
    edit("task/11/status", "Seccomp:\t2", "Seccomp:\t0");
    assertThat(facts().threadDifference("Seccomp", "2")).contains("thread 11");
    edit("task/10/status", "CapEff:\t0000000000000000", "CapEff:\t0000000000000001");
    assertThat(facts().capabilityDifference()).contains("thread 10", "CapEff");
  }

  @Test
  void anotherRootIsSeen() throws IOException {
    edit("mountinfo", "/ ro,nosuid", "/ rw,nosuid");
    assertThat(facts().rootDifference()).contains("no read-only copy");
    Files.writeString(
        folder.resolve("mountinfo"), MOUNTS.replace("- tmpfs silenda rw,mode", "- ext4 x rw,mode"));
    assertThat(facts().rootDifference()).contains("no read-only copy");
    Files.writeString(
        folder.resolve("mountinfo"), MOUNTS + "68 64 0:50 / /data rw - ext4 /dev/sda rw\n");
    assertThat(facts().rootDifference()).contains("another file system");
    Files.writeString(folder.resolve("mountinfo"), "");
    assertThat(facts().rootDifference()).contains("no root");
  }

  @Test
  void networkCoreLimitAndEnvironmentAreSeen() throws IOException {
    edit("net/dev", "    lo:       0\n", "    lo:       0\n  eth0:       0\n");
    assertThat(facts().networkDifference()).contains("interface");
    edit("limits", "size        0 ", "size        unlimited ");
    assertThat(facts().coreLimitDifference()).contains("unlimited");
    assertThat(new ProcessFacts(folder, folder, Map.of("LD_PRELOAD", "x")).environmentDifference())
        .contains("1 variables");
  }

  @Test
  void aFileThatCanBeReadShowsThatLandlockIsMissing() throws IOException {
    assertThat(facts().landlockDifference()).contains("can be read");
  }

  private void edit(String file, String old, String replacement) throws IOException {
    String text = Files.readString(folder.resolve(file));
    assertThat(text).contains(old);
    Files.writeString(folder.resolve(file), text.replace(old, replacement));
  }
}
