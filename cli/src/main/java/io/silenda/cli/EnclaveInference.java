package io.silenda.cli;

import io.silenda.attest.AttestationException;
import io.silenda.attest.binding.OwnerPolicy;
import io.silenda.attest.lockdown.Protection;
import io.silenda.attest.lockdown.WorkerPolicy;
import io.silenda.attest.policy.Policy;
import io.silenda.attest.provider.EvidenceProvider;
import io.silenda.attest.provider.machine.MachineProviders;
import io.silenda.attest.simulated.SimulatedProvider;
import io.silenda.attest.simulated.SimulatedRoot;
import io.silenda.attest.worker.WorkerManifest;
import io.silenda.infer.EnclaveRunner;
import io.silenda.infer.InferenceReport;
import io.silenda.infer.enclave.EnclaveClient;
import io.silenda.infer.enclave.EnclaveException;
import io.silenda.infer.enclave.EnclaveHost;
import io.silenda.infer.enclave.EnclaveServer;
import io.silenda.infer.enclave.WorkerInstallation;
import io.silenda.infer.enclave.WorkerOptions;
import io.silenda.infer.enclave.WorkerOwnerPolicies;
import io.silenda.infer.enclave.worker.RuntimeModel;
import io.silenda.infer.tensor.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The whole way of {@code infer --mode enclave}: measures the installation as a client would,
 * starts a worker, attests it over loopback HTTP, and sends rows to it if the evidence is accepted.
 */
final class EnclaveInference {
  private final EnclaveOptions options;
  private final PrintWriter log;

  EnclaveInference(EnclaveOptions options, PrintWriter log) {
    this.options = options;
    this.log = log;
  }

  /** What came of it, and what is known of the worker, for JSON. */
  record Result(InferenceReport report, Map<String, Object> worker) {}

  /** Who makes the evidence, and what it must hold; nothing where it is to be SIMULATED. */
  private record Source(
      Function<WorkerManifest, EvidenceProvider> providers, Optional<Policy> appraisal) {
    OwnerPolicy policyFor(WorkerManifest expected, WorkerPolicy workerPolicy) throws IOException {
      return appraisal.isPresent()
          ? WorkerOwnerPolicies.of(appraisal.get(), expected, workerPolicy)
          : WorkerOwnerPolicies.insecureSimulated(expected, workerPolicy);
    }
  }

  Result run(Path model, Tensor rows, int rowsARequest)
      throws Refusal, IOException, AttestationException, EnclaveException {
    long start = System.nanoTime();
    WorkerOptions workerOptions = options.worker();
    Source source = source();
    try (WorkerInstallation installation = WorkerInstallation.of(model, workerOptions)) {
      WorkerManifest expected = installation.measure();
      OwnerPolicy policy = source.policyFor(expected, workerOptions.policy());
      try (EnclaveHost host = EnclaveHost.start(installation, workerOptions, source.providers());
          EnclaveServer server = EnclaveServer.start(host, 0)) {
        log.println(host.banner());
        log.flush();
        try (EnclaveClient client =
                EnclaveClient.connect(server.uri(), policy, workerOptions.requestTimeout());
            RuntimeModel plain = RuntimeModel.open(model)) {
          double setupMillis = (System.nanoTime() - start) / 1e6;
          EnclaveRunner.Result result =
              new EnclaveRunner(client, plain).run(rows, rowsARequest, setupMillis);
          return new Result(result.report(), worker(client, result));
        }
      }
    }
  }

  /** Asks for hardware before anything else is done. */
  private Source source() throws Refusal, IOException, AttestationException {
    if (options.isSimulatedAllowed()) {
      SimulatedRoot root = SimulatedRoot.random();
      return new Source(
          manifest -> new SimulatedProvider(root, manifest.digest(), Clock.systemUTC()),
          Optional.empty());
    }
    Policy appraisal = options.appraisal();
    EvidenceProvider provider = MachineProviders.ofThisMachine().first();
    return new Source(manifest -> provider, Optional.of(appraisal));
  }

  private static Map<String, Object> worker(EnclaveClient client, EnclaveRunner.Result result) {
    Map<String, Object> json = new LinkedHashMap<>();
    boolean simulated = client.verdict().simulated();
    json.put("verdict", (simulated ? "SIMULATED: " : "") + client.verdict().explanation());
    json.put("simulated", simulated);
    json.put("worker_digest", HexFormat.of().formatHex(client.worker().workerDigest()));
    json.put("model_digest", HexFormat.of().formatHex(client.worker().modelDigest()));
    json.put("policy_digest", HexFormat.of().formatHex(client.worker().policyDigest()));
    Map<String, String> missing = new LinkedHashMap<>();
    for (Map.Entry<Protection, String> each : client.description().missing().entrySet()) {
      missing.put(each.getKey().code(), each.getValue());
    }
    json.put("missing_protections", missing);
    json.put(
        "receipts", result.receipts().stream().map(Base64.getEncoder()::encodeToString).toList());
    return json;
  }
}
