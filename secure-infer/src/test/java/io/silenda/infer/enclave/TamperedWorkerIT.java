package io.silenda.infer.enclave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.silenda.attest.AttestationException;
import io.silenda.attest.lockdown.Protection;
import io.silenda.attest.worker.WorkerManifest;
import io.silenda.infer.enclave.EnclaveException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers that differ in one byte from what the client expects: it sends them a challenge, no more.
 */
class TamperedWorkerIT {
  private static final WorkerOptions OPTIONS = Workers.options();

  @TempDir private static Path folder;
  private static WorkerInstallation installation;
  private static WorkerManifest expected;

  @BeforeAll
  static void install() throws IOException {
    installation = WorkerInstallation.of(Workers.MODEL, OPTIONS);
    expected = installation.measure();
  }

  @AfterAll
  static void close() {
    installation.close();
  }

  @Test
  void aChangedJar() throws Exception {
    String jar = target("app/3/bcprov");
    Path changed = folder.resolve("changed.jar");
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(source(jar)));
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(changed))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        in.transferTo(out);
      }
    }
    refused(installation.replacing(jar, changed));
  }

  @Test
  void aByteMoreInANativeLibrary() throws Exception {
    String library = "native/libonnxruntime4j_jni.so";
    refused(installation.replacing(library, withOneByteMore(source(library), "library.so")));
  }

  @Test
  void aByteMoreInTheCLibrary() throws Exception {
    String library = target("libc.so.6");
    refused(installation.replacing(library, withOneByteMore(source(library), "libc.so.6")));
  }

  @Test
  void aCommentInJavasSecurityFile() throws Exception {
    Path image = Files.createDirectory(folder.resolve("jdk"));
    Path java = OPTIONS.javaHome();
    Files.createSymbolicLink(image.resolve("bin"), java.resolve("bin"));
    Files.createSymbolicLink(image.resolve("lib"), java.resolve("lib"));
    Path security = Files.createDirectories(image.resolve("conf/security"));
    Files.createSymbolicLink(security.resolve("policy"), java.resolve("conf/security/policy"));
    Path file =
        Files.copy(java.resolve("conf/security/java.security"), security.resolve("java.security"));
    Files.writeString(file, Files.readString(file) + "#\n");
    refused(OPTIONS.withJavaHome(image), Workers.MODEL);
  }

  @Test
  void anotherFlag() throws Exception {
    refused(OPTIONS.withHeapMegabytes(OPTIONS.heapMegabytes() + 1), Workers.MODEL);
  }

  @Test
  void aChangedModel() throws Exception {
    String text = Files.readString(Workers.MODEL, StandardCharsets.ISO_8859_1);
    assertThat(text).contains("logreg");
    Path changed = folder.resolve("changed.onnx");
    Files.writeString(changed, text.replaceFirst("logreg", "logreh"), StandardCharsets.ISO_8859_1);
    refused(OPTIONS, changed);
  }

  @Test
  void anotherPolicy() throws Exception {
    refused(
        OPTIONS.withPolicy(OPTIONS.policy().insecureWithout(Protection.NO_CORE_DUMP)),
        Workers.MODEL);
  }

  @Test
  void aChangedLauncher() throws Exception {
    Path changed = withOneByteMore(installation.launcher(), "launcher");
    assertThat(changed.toFile().setExecutable(true)).isTrue();
    refused(installation.withLauncher(changed));
  }

  private static String target(String part) {
    return installation.plan().files().stream()
        .map(copy -> copy.target())
        .filter(target -> target.contains(part))
        .findFirst()
        .orElseThrow();
  }

  private static Path source(String target) {
    return installation.plan().files().stream()
        .filter(copy -> copy.target().equals(target))
        .findFirst()
        .orElseThrow()
        .source();
  }

  private static Path withOneByteMore(Path file, String name) throws IOException {
    Path changed = folder.resolve(name);
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = Files.newOutputStream(changed)) {
      in.transferTo(out);
      out.write(0);
    }
    return changed;
  }

  private static void refused(WorkerOptions options, Path model) throws Exception {
    try (WorkerInstallation other = WorkerInstallation.of(model, options)) {
      refused(other);
    }
  }

  /** The worker runs, and its true digest is in the evidence. */
  private static void refused(WorkerInstallation tampered) throws Exception {
    try (Workers.Running worker = Workers.start(tampered, OPTIONS)) {
      assertThat(worker.host.manifest().digest()).isNotEqualTo(expected.digest());
      EnclaveException refusal =
          catchThrowableOfType(
              EnclaveException.class, () -> worker.connect(expected, OPTIONS).close());
      assertThat(refusal.reason()).isEqualTo(Reason.EVIDENCE_REFUSED);
      assertThat(refusal.getCause())
          .isInstanceOfSatisfying(
              AttestationException.class,
              cause ->
                  assertThat(cause.reason())
                      .isEqualTo(io.silenda.attest.Reason.MEASUREMENT_MISMATCH));
      // The challenge, and nothing after it.
      assertThat(worker.host.metrics()).contains("answered_total{tee=\"SIMULATED\"} 1\n");
    }
  }
}
