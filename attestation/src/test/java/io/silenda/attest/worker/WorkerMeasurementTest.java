package io.silenda.attest.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.attest.AttestationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerMeasurementTest {
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(folder.resolve("tree/b"));
    for (String name : List.of("launcher", "one", "tree/b/deep", "tree/a", "tree/skipped")) {
      Files.writeString(folder.resolve(name), "abc");
    }
    Files.createSymbolicLink(folder.resolve("tree/link"), folder.resolve("one"));
    Files.createSymbolicLink(folder.resolve("tree/dangling"), folder.resolve("nowhere"));
  }

  private WorkerPlan.Builder plan() {
    return WorkerPlan.builder("one")
        .file("one", folder.resolve("one"))
        .tree("t", folder.resolve("tree"))
        .skip("skipped")
        .argument("-cp @place@/x")
        .limit("open-files", 9);
  }

  private WorkerManifest measure(WorkerPlan.Builder plan) throws IOException {
    return WorkerMeasurement.of(plan.build(), folder.resolve("launcher"));
  }

  @Test
  void theManifestListsEveryFileAndSetting() throws Exception {
    WorkerManifest manifest = measure(plan());
    assertThat(manifest.text())
        .isEqualTo(
            "silenda-worker 1\n"
                + ("file " + ABC + " 3 launcher/silenda-launcher\n")
                + ("file " + ABC + " 3 one\n")
                + ("file " + ABC + " 3 t/a\n")
                + ("file " + ABC + " 3 t/b/deep\n")
                + ("file " + ABC + " 3 t/link\n")
                + "run one\narg -cp @place@/x\nlimit open-files 9\nenvironment empty\n");
    assertThat(manifest.digestOf("t/a").map(HexFormat.of()::formatHex)).contains(ABC);
    assertThat(manifest.digestOf("t/none")).isEmpty();
    assertThat(manifest.settings()).hasSize(4);
    WorkerManifest read = WorkerManifest.parse(manifest.text().getBytes(StandardCharsets.UTF_8));
    assertThat(read.components()).isEqualTo(manifest.components());
    assertThat(read.digest()).isEqualTo(manifest.digest());
  }

  @Test
  void everyByteCounts() throws IOException {
    byte[] digest = measure(plan()).digest();
    assertThat(measure(plan().argument("-x")).digest()).isNotEqualTo(digest);
    assertThat(measure(plan().limit("open-files", 10)).digest()).isNotEqualTo(digest);
    for (String name : List.of("launcher", "one", "tree/b/deep", "tree/a")) {
      Files.writeString(folder.resolve(name), "abd");
      assertThat(measure(plan()).digest()).as(name).isNotEqualTo(digest);
      Files.writeString(folder.resolve(name), "abc");
    }
    assertThat(measure(plan()).digest()).isEqualTo(digest);
  }

  @Test
  void theSameTargetTwiceIsRefused() {
    assertThatThrownBy(() -> measure(plan().file("t/a", folder.resolve("one"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("t/a");
  }

  @Test
  void registersAreExtendedFromZero() throws Exception {
    // SHA-384(48 zeros, digest, 16 zeros) and SHA-256(32 zeros, digest), by coreutils.
    WorkerManifest manifest =
        WorkerManifest.parse(
            "silenda-worker 1\nrun x\nenvironment empty\n".getBytes(StandardCharsets.UTF_8));
    assertThat(manifest.digest()).hasSize(32);
    assertThat(manifest.extendedRegister()).hasSize(48);
    assertThat(manifest.extendedPcr()).hasSize(32).isNotEqualTo(manifest.digest());
    assertThat(HexFormat.of().formatHex(manifest.extendedRegister()))
        .isEqualTo(
            "e17a85a6e968bc62ae5ac009bf8b8cf5c5e65e17e33d096c"
                + "1aec4b5ee99dee282603d23235e473ac29fd27cea368046f");
    assertThat(HexFormat.of().formatHex(manifest.extendedPcr()))
        .isEqualTo("c6f117f572eee2c889729920af4dc9acbad2d646078ead76a1966eaf8ffc4386");
  }

  @Test
  void anythingElseIsNoManifest() {
    for (String text : List.of("", "silenda-worker 1\n", "silenda-worker 2\nenvironment empty\n")) {
      assertThatThrownBy(() -> WorkerManifest.parse(text.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(AttestationException.class);
    }
  }
}
