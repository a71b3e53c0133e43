package io.silenda.infer.enclave;

import io.silenda.attest.Tee;
import io.silenda.attest.binding.OwnerPolicy;
import io.silenda.attest.lockdown.WorkerPolicy;
import io.silenda.attest.policy.Allowed;
import io.silenda.attest.policy.Policy;
import io.silenda.attest.worker.WorkerManifest;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;

/**
 * What a client wants of a worker that it has measured itself: this manifest, its model, its
 * policy.
 */
public final class WorkerOwnerPolicies {
  /** They prove a boot or a device, not that memory is closed to the host. */
  private static final List<Tee> NO_ENCLAVE =
      List.of(Tee.TPM, Tee.PSA, Tee.NVIDIA_GPU, Tee.SIMULATED);

  private static final HexFormat HEX = HexFormat.of();

  private WorkerOwnerPolicies() {}

  /**
   * Accepts exactly this worker by {@code appraisal}, which says what the hardware's evidence has
   * to hold.
   *
   * @throws IllegalArgumentException if the policy accepts evidence of something in which a host
   *     can read a worker's memory: simulation, a TPM, a single device
   * @throws IOException if the manifest names no model
   */
  public static OwnerPolicy of(Policy appraisal, WorkerManifest expected, WorkerPolicy policy)
      throws IOException {
    for (Tee tee : NO_ENCLAVE) {
      if (appraisal.tees().accepts(tee.code())) {
        throw new IllegalArgumentException(
            "policy accepts " + tee.code() + ", whose evidence never satisfies an enclave");
      }
    }
    if (appraisal.simulatedAllowed()) {
      throw new IllegalArgumentException(
          "policy allows simulated evidence, which has to be asked for by name");
    }
    return exactly(appraisal, expected, policy);
  }

  private static OwnerPolicy exactly(Policy appraisal, WorkerManifest expected, WorkerPolicy policy)
      throws IOException {
    byte[] model =
        expected
            .digestOf(WorkerInstallation.MODEL)
            .orElseThrow(() -> new IOException("the manifest names no model"));
    return OwnerPolicy.builder(appraisal)
        .workers(HEX.formatHex(expected.digest()))
        .models(HEX.formatHex(model))
        .workerPolicies(HEX.formatHex(policy.digest()))
        .build();
  }

  /**
   * Accepts exactly this worker by SIMULATED evidence and no other: no hardware stands behind it,
   * and whoever runs the host can read what is sent.
   *
   * @throws IOException if the manifest names no model
   */
  public static OwnerPolicy insecureSimulated(WorkerManifest expected, WorkerPolicy policy)
      throws IOException {
    Policy appraisal =
        Policy.accepting(Allowed.of(List.of(Tee.SIMULATED.code())))
            .insecureAllowSimulated()
            .measurement("worker_digest", Allowed.of(List.of(HEX.formatHex(expected.digest()))))
            .build();
    return exactly(appraisal, expected, policy);
  }
}
