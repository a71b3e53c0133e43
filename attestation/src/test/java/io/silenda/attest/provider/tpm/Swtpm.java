package io.silenda.attest.provider.tpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A software TPM as a process of its own, where {@code swtpm} is installed. */
final class Swtpm implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);

  private final Process process;
  private final Path socket;

  private Swtpm(Process process, Path socket) {
    this.process = process;
    this.socket = socket;
  }

  /** Starts one with its state in {@code folder}; leaves the test out where there is none. */
  static Swtpm start(Path folder) throws IOException, InterruptedException {
    assumeTrue(isInstalled(), "swtpm is not installed: nothing ran against a software TPM");
    Path socket = folder.resolve("tpm.sock");
    Process process =
        new ProcessBuilder(
                "swtpm",
                "socket",
                "--tpm2",
                "--tpmstate",
                "dir=" + folder,
                "--server",
                "type=unixio,path=" + socket,
                "--flags",
                "not-need-init,startup-clear")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("swtpm.out").toFile())
            .start();
    long deadline = System.nanoTime() + START.toNanos();
    while (Files.notExists(socket) && process.isAlive() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(socket).as("%s", Files.readString(folder.resolve("swtpm.out"))).exists();
    return new Swtpm(process, socket);
  }

  private static boolean isInstalled() {
    return List.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "swtpm")));
  }

  SocketAddress address() {
    return UnixDomainSocketAddress.of(socket);
  }

  TpmSession session() throws IOException {
    return new TpmSession(SocketTransport.open(address(), Duration.ofSeconds(30)));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
