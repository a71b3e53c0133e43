package io.silenda.cli;

import io.silenda.attest.AttestationException;
import io.silenda.attest.lockdown.Protection;
import io.silenda.attest.lockdown.WorkerPolicy;
import io.silenda.attest.policy.Policy;
import io.silenda.infer.enclave.ExecutionPolicy;
import io.silenda.infer.enclave.ObliviousTail;
import io.silenda.infer.enclave.WorkerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

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

  @Option(
      names = "--enclave-memory",
      paramLabel = "SIZE",
      converter = ByteSize.Converter.class,
      description =
          "enclave: most memory that the worker's process may have resident, such as 256m; a"
              + " larger model runs page by page")
  private Optional<ByteSize> memory = Optional.empty();

  @Option(
      names = "--oblivious-tail",
      paramLabel = "TAIL",
      converter = TailConverter.class,
      description =
          "enclave: answer with argmax, relu or top-K of the outputs, computed without branches or"
              + " addresses that depend on them")
  private Optional<ObliviousTail> tail = Optional.empty();

  /** Reads a tail. */
  static final class TailConverter implements ITypeConverter<ObliviousTail> {
    @Override
    public ObliviousTail convert(String text) {
      try {
        return ObliviousTail.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }

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
    WorkerOptions options =
        WorkerOptions.STRICT
            .withPolicy(required)
            .withRegisters(registers)
            .withExecution(execution());
    return javaHome.isPresent() ? options.withJavaHome(javaHome.get()) : options;
  }

  private ExecutionPolicy execution() throws Refusal {
    if (memory.isPresent() && memory.get().bytes() < ExecutionPolicy.MIN_RESIDENT_BYTES) {
      throw new Refusal(
          "--enclave-memory: no worker runs in less than "
              + (ExecutionPolicy.MIN_RESIDENT_BYTES >> 20)
              + "m");
    }
    ExecutionPolicy policy = ExecutionPolicy.DEFAULT;
    policy = memory.isPresent() ? policy.withMaxResidentBytes(memory.get().bytes()) : policy;
    return tail.isPresent() ? policy.withTail(tail.get()) : policy;
  }
}
