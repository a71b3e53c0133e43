package io.silenda.attest.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.silenda.attest.pki.TrustAnchor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedRootTest {
  @TempDir Path folder;

  @Test
  void isMadeOnceForItsOwnerAlone() throws IOException {
    Path file = folder.resolve("deep/er/root");
    SimulatedRoot made = SimulatedRoot.loadOrCreate(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(SimulatedRoot.loadOrCreate(file).publicKey()).isEqualTo(made.publicKey());
    assertThat(SimulatedRoot.loadOrCreate(folder.resolve("other")).publicKey())
        .isNotEqualTo(made.publicKey());
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFileThatOthersMayReadIsRefused() throws IOException {
    Path file = folder.resolve("root");
    SimulatedRoot.loadOrCreate(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> SimulatedRoot.loadOrCreate(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("mode 0600");
  }

  @Test
  void linksAndOtherFilesAreRefused() throws IOException {
    Path file = folder.resolve("root");
    SimulatedRoot.loadOrCreate(file);
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertRefused(link, "no regular file");
    byte[] bytes = Files.readAllBytes(file);
    bytes[0] ^= 1;
    Files.write(file, bytes);
    assertRefused(file, "no SIMULATED root");
    Files.write(file, new byte[0]);
    assertRefused(file, "no SIMULATED root");
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> SimulatedRoot.loadOrCreate(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  @Test
  void whoeverMakesItAtOnceGetsTheSameKey() throws Exception {
    Path file = folder.resolve("root");
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Callable<TrustAnchor>> makers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        makers.add(() -> SimulatedRoot.loadOrCreate(file).anchor());
      }
      List<Future<TrustAnchor>> all = pool.invokeAll(makers);
      byte[] key = SimulatedRoot.loadOrCreate(file).anchor().subjectPublicKeyInfo();
      for (Future<TrustAnchor> made : all) {
        assertThat(made.get().subjectPublicKeyInfo()).isEqualTo(key);
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
