package io.silenda.infer.enclave;

import io.silenda.attest.lockdown.Protection;
import io.silenda.attest.lockdown.WorkerPolicy;
import io.silenda.attest.simulated.SimulatedProvider;
import io.silenda.attest.simulated.SimulatedRoot;
import io.silenda.attest.worker.WorkerManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** Workers with their servers, for tests. */
final class Workers {
  static final Path MODEL = Path.of("../demo/logreg_breast_cancer.onnx");
  static final Path OTHER_MODEL = Path.of("../demo/mlp_square.onnx");

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private Workers() {}

  /** Everything, but what a system without namespaces, such as many containers, cannot have. */
  static WorkerOptions options() {
    WorkerPolicy policy = WorkerPolicy.strict();
    if (!hasNamespaces()) {
      for (Protection each :
          new Protection[] {
            Protection.ISOLATED_FILES,
            Protection.NO_NETWORK,
            Protection.LANDLOCK,
            Protection.NO_SWAP
          }) {
        policy = policy.insecureWithout(each);
      }
    }
    return WorkerOptions.STRICT.withPolicy(policy).withHeapMegabytes(256);
  }

  private static boolean hasNamespaces() {
    try {
      return new ProcessBuilder("unshare", "-mn", "true").start().waitFor() == 0
          || new ProcessBuilder("unshare", "-Umn", "true").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static Running start(WorkerInstallation installation, WorkerOptions options)
      throws EnclaveException, IOException {
    SimulatedRoot root = SimulatedRoot.random();
    EnclaveHost host =
        EnclaveHost.start(
            installation,
            options,
            manifest -> new SimulatedProvider(root, manifest.digest(), Clock.systemUTC()));
    return new Running(host, EnclaveServer.start(host, 0));
  }

  static void signal(String name, long pid) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
  }

  /** A host and its server. */
  static final class Running implements AutoCloseable {
    final EnclaveHost host;
    final EnclaveServer server;

    private Running(EnclaveHost host, EnclaveServer server) {
      this.host = host;
      this.server = server;
    }

    EnclaveClient connect(WorkerManifest expected, WorkerOptions options)
        throws EnclaveException, IOException {
      return EnclaveClient.connect(
          server.uri(),
          WorkerOwnerPolicies.insecureSimulated(expected, options.policy()),
          PATIENCE);
    }

    @Override
    public void close() {
      server.close();
      host.close();
    }
  }
}
