package io.silenda.cli;

import io.silenda.attest.Tee;
import io.silenda.attest.provider.Probe;
import io.silenda.attest.provider.Providers;
import io.silenda.attest.provider.machine.MachineProviders;
import io.silenda.dp.mechanism.NoiseKernel;
import io.silenda.he.NativeInfo;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code silenda doctor}. */
@Command(
    name = "doctor",
    description = "Say what this machine has: processor, kernels, SEAL, warnings.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Override
  public Integer call() {
    Map<String, Object> findings = findings(NativeInfo.current());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.line(findings));
    } else {
      findings.forEach((key, value) -> out.printf("%-18s %s%n", key, text(value)));
    }
    out.flush();
    return 0;
  }

  private static Map<String, Object> findings(NativeInfo info) {
    Map<String, Object> findings = new LinkedHashMap<>();
    findings.put("library_version", info.libraryVersion());
    findings.put("seal_version", info.sealVersion());
    findings.put("seal_source", info.sealSource());
    findings.put("compiler", info.compiler());
    findings.put("cpu_features", info.cpuFeatures());
    findings.put("kernels", info.evaluatorKernel());
    findings.put("noise", NoiseKernel.inUse() ? "native" : "java");
    findings.put("processors", Runtime.getRuntime().availableProcessors());
    findings.put("java", Runtime.version().toString());
    List<Providers.Finding> attesters = MachineProviders.ofThisMachine().probe();
    findings.put("tee", found(attesters, tee -> tee != Tee.TPM));
    findings.put("tpm", found(attesters, tee -> tee == Tee.TPM));
    findings.put("warnings", info.warnings());
    return findings;
  }

  /** A TPM measures and hides nothing, so that it is no TEE. */
  private static String found(List<Providers.Finding> findings, Predicate<Tee> kind) {
    return findings.stream()
        .map(Providers.Finding::probe)
        .filter(Probe.Present.class::isInstance)
        .map(Probe.Present.class::cast)
        .filter(present -> kind.test(present.tee()))
        .map(present -> present.tee().code() + ": " + present.detail())
        .findFirst()
        .orElse("none: silenda attest evidence says why");
  }

  private static String text(Object value) {
    return value instanceof List<?> list
        ? list.isEmpty() ? "none" : String.join("; ", list.stream().map(String::valueOf).toList())
        : String.valueOf(value);
  }
}
