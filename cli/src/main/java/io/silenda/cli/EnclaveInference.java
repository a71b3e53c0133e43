package io.silenda.cli;

import io.silenda.attest.AttestationException;
import io.silenda.attest.binding.OwnerPolicy;
import io.silenda.attest.lockdown.Protection;
import io.silenda.attest.lockdown.WorkerPolicy;
import io.silenda.attest.policy.Policy;
import io.silenda.attest.provider.EvidenceProvider;
import io.silenda.attest.provider.machine.MachineProviders;
import io.silenda.attest.sealed.SealedModel;
import io.silenda.attest.simulated.SimulatedProvider;
import io.silenda.attest.simulated.SimulatedRoot;
import io.silenda.attest.worker.WorkerManifest;
import io.silenda.infer.EnclaveRunner;
import io.silenda.infer.InferenceReport;
import io.silenda.infer.enclave.EnclaveClient;
import io.silenda.infer.enclave.EnclaveHost;
import io.silenda.infer.enclave.EnclaveServer;
import io.silenda.infer.enclave.ExecutionPolicy;
import io.silenda.infer.enclave.WorkerInstallation;
import io.silenda.infer.enclave.WorkerOptions;
import io.silenda.infer.enclave.WorkerOwnerPolicies;
import io.silenda.infer.enclave.worker.RowModel;
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
  private final SealedModelOptions sealed;
  private final PrintWriter log;

  EnclaveInference(EnclaveOptions options, SealedModelOptions sealed, PrintWriter log) {
    this.options = options;
    this.sealed = sealed;
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

  Result run(Path model, Tensor rows, int rowsARequest) throws Exception {
    long start = System.nanoTime();
    WorkerOptions worker = options.worker();
    Source source = source();
    try (ModelAtRest rest = atRest(model, worker.execution());
        WorkerInstallation installation = WorkerInstallation.of(rest.file(), worker)) {
      OwnerPolicy policy = source.policyFor(installation.measure(), worker.policy());
      try (EnclaveHost host = EnclaveHost.start(installation, worker, source.providers());
          EnclaveServer server = EnclaveServer.start(host, 0)) {
        log.println(host.banner());
        log.flush();
        rest.release(server.uri(), policy, worker.requestTimeout());
        try (EnclaveClient client = rest.connect(server.uri(), policy, worker.requestTimeout());
            RowModel plain = rest.open()) {
          double setupMillis = (System.nanoTime() - start) / 1e6;
          EnclaveRunner runner = new EnclaveRunner(client, plain, worker.execution());
          EnclaveRunner.Result result = runner.run(rows, rowsARequest, setupMillis);
          return new Result(result.report(), worker(client, result, worker.execution()));
        }
      }
    }
  }

  private ModelAtRest atRest(Path model, ExecutionPolicy execution) throws Exception {
    if (SealedModel.isSealed(model)) {
      return SealedModelAtRest.open(model, sealed);
    }
    return execution.maxResidentBytes().isPresent()
        ? PagedModelAtRest.seal(model, execution.maxResidentBytes().getAsLong())
        : new PlainModelAtRest(model);
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

  private static Map<String, Object> worker(
      EnclaveClient client, EnclaveRunner.Result result, ExecutionPolicy execution) {
    Map<String, Object> json = new LinkedHashMap<>();
    boolean simulated = client.verdict().simulated();
    json.put("verdict", (simulated ? "SIMULATED: " : "") + client.verdict().explanation());
    json.put("simulated", simulated);
    json.put("worker_digest", HexFormat.of().formatHex(client.worker().workerDigest()));
    json.put("model_digest", HexFormat.of().formatHex(client.worker().modelDigest()));
    json.put("policy_digest", HexFormat.of().formatHex(client.worker().policyDigest()));
    client.model().ifPresent(header -> json.put("model_head", header.head().toString()));
    execution.maxResidentBytes().ifPresent(bytes -> json.put("max_resident_bytes", bytes));
    execution.tail().ifPresent(tail -> json.put("oblivious_tail", tail.toString()));
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
