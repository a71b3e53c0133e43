package io.silenda.bench.backend;

import io.silenda.attest.binding.OwnerPolicy;
import io.silenda.attest.simulated.SimulatedProvider;
import io.silenda.attest.simulated.SimulatedRoot;
import io.silenda.bench.measure.Resources;
import io.silenda.infer.enclave.EnclaveAnswer;
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

/**
 * ONNX Runtime in a measured worker with SIMULATED evidence, behind the attested channel, and a
 * client of it. Not safe for use by several threads; whoever opens it closes it.
 */
public final class EnclaveService implements AutoCloseable {
  private final Resources resources = new Resources();
  private final EnclaveClient client;

  /**
   * Starts a worker, and connects to it over loopback HTTP.
   *
   * @param model the ONNX file
   * @throws EnclaveException if the worker does not start, or is not what was measured
   */
  public EnclaveService(Path model) throws IOException, EnclaveException {
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

  /**
   * Seals rows, has them answered, opens the answer.
   *
   * @throws EnclaveException if the request fails
   */
  public EnclaveAnswer infer(Tensor rows) throws EnclaveException {
    return client.infer(rows);
  }

  @Override
  public void close() {
    resources.close();
  }
}
