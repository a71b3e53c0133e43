package io.silenda.bench.backend;

import io.silenda.attest.binding.OwnerPolicy;
import io.silenda.attest.simulated.SimulatedProvider;
import io.silenda.attest.simulated.SimulatedRoot;
import io.silenda.attest.worker.WorkerManifest;
import io.silenda.bench.measure.Resources;
import io.silenda.infer.Guarantee;
import io.silenda.infer.enclave.EnclaveAnswer;
import io.silenda.infer.enclave.EnclaveClient;
import io.silenda.infer.enclave.EnclaveHost;
import io.silenda.infer.enclave.EnclaveServer;
import io.silenda.infer.enclave.WorkerInstallation;
import io.silenda.infer.enclave.WorkerOptions;
import io.silenda.infer.enclave.WorkerOwnerPolicies;
import io.silenda.infer.tensor.Tensor;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A measured worker process behind an attested channel, over loopback HTTP. Its evidence is
 * SIMULATED: this is what the channel and the process cost, not what hardware adds.
 */
final class EnclaveBackend implements Backend {

  @Override
  public String name() {
    return "enclave (SIMULATED)";
  }

  @Override
  public Session open(Subject subject) throws Exception {
    WorkerOptions options = WorkerOptions.STRICT;
    SimulatedRoot root = SimulatedRoot.random();
    Resources resources = new Resources();
    try {
      WorkerInstallation installation =
          resources.own(WorkerInstallation.of(Path.of(subject.model()), options));
      OwnerPolicy policy =
          WorkerOwnerPolicies.insecureSimulated(installation.measure(), options.policy());
      EnclaveHost host =
          resources.own(
              EnclaveHost.start(installation, options, manifest -> simulated(root, manifest)));
      EnclaveServer server = resources.own(EnclaveServer.start(host, 0));
      EnclaveClient client =
          resources.own(EnclaveClient.connect(server.uri(), policy, options.requestTimeout()));
      return new Open(client, resources);
    } catch (Exception | Error e) {
      resources.close();
      throw e;
    }
  }

  private static SimulatedProvider simulated(SimulatedRoot root, WorkerManifest manifest) {
    return new SimulatedProvider(root, manifest.digest(), Clock.systemUTC());
  }

  private record Open(EnclaveClient client, Resources resources) implements Session {
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public Setup setup() {
      return new Setup(
          "SIMULATED evidence", 0, 0, "the worker's process", true, Guarantee.simulatedEnclave());
    }

    @Override
    public Exchange answer(Tensor rows) throws Exception {
      EnclaveAnswer answer = client.infer(rows);
      Map<String, Double> phases = new LinkedHashMap<>();
      phases.put("client: seal", answer.sealMillis() * NANOS_PER_MILLI);
      phases.put("host and worker: round trip", answer.roundTripMillis() * NANOS_PER_MILLI);
      phases.put("client: open", answer.openMillis() * NANOS_PER_MILLI);
      return Exchange.of(answer.output(), phases, answer.requestBytes(), answer.responseBytes());
    }

    @Override
    public long otherPeakResidentBytes() {
      return ChildMemory.peakResidentBytes();
    }

    @Override
    public void close() {
      resources.close();
    }
  }
}
