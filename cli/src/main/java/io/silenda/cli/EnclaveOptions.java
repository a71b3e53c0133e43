package io.silenda.cli;

import io.silenda.attest.AttestationException;
import io.silenda.attest.lockdown.Protection;
import io.silenda.attest.lockdown.WorkerPolicy;
import io.silenda.attest.policy.Policy;
import io.silenda.infer.enclave.WorkerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a worker is made and what evidence of it is accepted. */
final class EnclaveOptions {
  @Option(
      names = "--policy",
      paramLabel = "P",
      description = "enclave: what its hardware's evidence must hold; a policy file, or its text")
  private Optional<String> policy = Optional.empty();

  @Option(
      names = "--insecure-allow-simulated",
      description = "enclave: go on with a SIMULATED worker, which protects from nobody")
  private boolean allowSimulated;

  @Option(
      names = "--insecure-worker-without",
      paramLabel = "PROTECTION",
      description = "enclave: run where the kernel lacks this protection, such as landlock")
  private List<String> without = new ArrayList<>();

  @Option(
      names = "--extend-register",
      paramLabel = "FILE",
      description =
          "enclave: the launcher writes the worker digest there (48 bytes), as to an RTMR")
  private List<Path> registers = new ArrayList<>();

  @Option(
      names = "--java-home",
      paramLabel = "DIR",
      description = "enclave: the Java image of the worker; default: this one")
  private Optional<Path> javaHome = Optional.empty();

  boolean isSimulatedAllowed() {
    return allowSimulated;
  }

  /** The policy for evidence of hardware; without one nothing is accepted. */
  Policy appraisal() throws Refusal, IOException, AttestationException {
    if (policy.isEmpty()) {
      throw new Refusal(
          "--mode enclave: no acceptable evidence: give --policy, which says what the hardware's"
              + " evidence must hold; without hardware, --insecure-allow-simulated tries it out");
    }
    return AttestPolicyCommand.read(policy.get());
  }

  WorkerOptions worker() throws Refusal {
    WorkerPolicy required = WorkerPolicy.strict();
    for (String code : without) {
      Protection protection =
          Protection.ofCode(code)
              .orElseThrow(
                  () -> new Refusal("--insecure-worker-without " + code + ": no such protection"));
      required = required.insecureWithout(protection);
    }
    WorkerOptions options = WorkerOptions.STRICT.withPolicy(required).withRegisters(registers);
    return javaHome.isPresent() ? options.withJavaHome(javaHome.get()) : options;
  }
}
