package io.silenda.infer.enclave.worker;

import ai.onnxruntime.OrtEnvironment;
import io.silenda.attest.AttestationException;
import io.silenda.attest.Reason;
import io.silenda.attest.binding.WorkerIdentity;
import io.silenda.attest.lockdown.Lockdown;
import io.silenda.attest.lockdown.SelfDescription;
import io.silenda.attest.lockdown.WorkerPolicy;
import io.silenda.attest.worker.WorkerManifest;
import io.silenda.infer.enclave.EnclaveException;
import io.silenda.infer.enclave.ExecutionPolicy;
import io.silenda.infer.enclave.ObliviousTail;
import io.silenda.infer.enclave.WorkerInstallation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a worker has once it may read input: it is locked down as its policy wants, knows what it is
 * made of, and has its model loaded.
 *
 * @param description what protects it
 * @param manifest what the launcher measured
 * @param identity the digests that go into the report data
 * @param model ready to compute, or sealed until its key is released
 */
record WorkerSetup(
    SelfDescription description,
    WorkerManifest manifest,
    WorkerIdentity identity,
    WorkerModel model) {
  /** Where the launcher hands over the manifest. */
  private static final Path MANIFEST = Path.of("/proc/self/fd/3");

  private static final int MAX_MANIFEST_BYTES = 4 << 20;

  /**
   * Sets up the worker whose files are in {@code place}.
   *
   * @throws AttestationException if a required protection is missing or the manifest is none
   * @throws EnclaveException if the model cannot be loaded
   */
  static WorkerSetup in(Path place) throws IOException, AttestationException, EnclaveException {
    Path lockdown = place.resolve(WorkerInstallation.NATIVE).resolve(WorkerInstallation.LOCKDOWN);
    // ONNX Runtime would gather usage data and look for a network and a cache folder.
    Lockdown.setNativeVariable(lockdown, "ORT_DISABLE_TELEMETRY", "1");
    // It makes a temporary folder when it is loaded, which it could not do later.
    OrtEnvironment.getEnvironment();
    // Before the lock-down also because the first use of channels makes a pair of sockets.
    WorkerPolicy policy =
        WorkerPolicy.parse(Files.readAllBytes(place.resolve(WorkerInstallation.POLICY)));
    ExecutionPolicy execution =
        ExecutionPolicy.parse(Files.readAllBytes(place.resolve(WorkerInstallation.EXECUTION)));
    if (execution.tail().isPresent()) {
      ObliviousTail.load();
    }
    SelfDescription description = Lockdown.apply(lockdown);
    Optional<String> violation = description.violationOf(policy);
    if (violation.isPresent()) {
      throw new AttestationException(
          Reason.NOT_VERIFIED,
          "worker-protection",
          violation.get(),
          "every protection that the worker's policy requires");
    }
    WorkerManifest manifest = readManifest();
    WorkerIdentity identity =
        new WorkerIdentity(
            manifest.digest(),
            digest(manifest, WorkerInstallation.MODEL),
            digest(manifest, WorkerInstallation.POLICY),
            Optional.empty());
    WorkerModel model = WorkerModel.in(place.resolve(WorkerInstallation.MODEL), execution);
    return new WorkerSetup(description, manifest, identity, model);
  }

  private static WorkerManifest readManifest() throws IOException, AttestationException {
    try (InputStream in = Files.newInputStream(MANIFEST)) {
      return WorkerManifest.parse(in.readNBytes(MAX_MANIFEST_BYTES + 1));
    }
  }

  private static byte[] digest(WorkerManifest manifest, String path) throws IOException {
    return manifest
        .digestOf(path)
        .orElseThrow(() -> new IOException(path + " is not in the manifest"));
  }
}
