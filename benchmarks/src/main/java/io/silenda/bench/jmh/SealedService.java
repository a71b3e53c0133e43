package io.silenda.bench.jmh;

import io.silenda.attest.binding.OwnerPolicy;
import io.silenda.attest.simulated.SimulatedProvider;
import io.silenda.attest.simulated.SimulatedRoot;
import io.silenda.bench.measure.Resources;
import io.silenda.infer.enclave.EnclaveClient;
import io.silenda.infer.enclave.EnclaveException;
import io.silenda.infer.enclave.EnclaveHost;
import io.silenda.infer.enclave.EnclaveServer;
import io.silenda.infer.enclave.WorkerInstallation;
import io.silenda.infer.enclave.WorkerOptions;
import io.silenda.infer.enclave.WorkerOwnerPolicies;
import io.silenda.infer.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** ONNX Runtime in a measured worker with SIMULATED evidence, behind the attested channel. */
final class SealedService implements AutoCloseable {
  private final Resources resources = new Resources();
  private final EnclaveClient client;

  SealedService(Path model) throws IOException, EnclaveException {
    WorkerOptions options = WorkerOptions.STRICT;
    SimulatedRoot root = SimulatedRoot.random();
    try {
      WorkerInstallation installation = resources.own(WorkerInstallation.of(model, options));
      OwnerPolicy owner =
          WorkerOwnerPolicies.insecureSimulated(installation.measure(), options.policy());
      EnclaveHost host =
          resources.own(
              EnclaveHost.start(
                  installation,
                  options,
                  manifest -> new SimulatedProvider(root, manifest.digest(), Clock.systemUTC())));
      EnclaveServer server = resources.own(EnclaveServer.start(host, 0));
      client = resources.own(EnclaveClient.connect(server.uri(), owner, options.requestTimeout()));
    } catch (IOException | EnclaveException | RuntimeException e) {
      resources.close();
      throw e;
    }
  }

  Tensor infer(Tensor rows) throws EnclaveException {
    return client.infer(rows).output();
  }

  @Override
  public void close() {
    resources.close();
  }
}
