package io.silenda.cli;

import io.silenda.attest.AttestationException;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.provider.EvidenceProvider;
import io.silenda.attest.provider.Probe;
import io.silenda.attest.provider.Providers;
import io.silenda.attest.provider.ReportData;
import io.silenda.attest.provider.machine.MachineProviders;
import io.silenda.attest.provider.tpm.TpmOptions;
import io.silenda.attest.provider.tpm.TpmProvider;
import io.silenda.attest.simulated.SimulatedProvider;
import io.silenda.attest.simulated.SimulatedRoot;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code silenda attest evidence}. */
@Command(
    name = "evidence",
    description = "List what this machine can prove about itself; with -o, write evidence.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Evidence goes to FILE and what endorses it to FILE.NAME; attest verify --evidence takes"
          + " them",
      "in the order that is printed.",
      "Exit codes: 0 listed or written, 1 nothing to prove with or a failure, 2 wrong usage."
    })
final class AttestEvidenceCommand implements Callable<Integer> {
  private static final int NONCE_BYTES = 32;
  private static final int SHORTEST_NONCE_BYTES = 8;

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Option(
      names = "-o",
      paramLabel = "FILE",
      description = "write evidence of the first technology that is present")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--nonce",
      paramLabel = "HEX",
      description = "the verifier's nonce, 8 to 64 bytes; default: random")
  private Optional<String> nonce = Optional.empty();

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "where to look for devices and kernel files; default: ${DEFAULT-VALUE}")
  private Path root = Path.of("/");

  @Option(
      names = "--tpm-socket",
      paramLabel = "PATH",
      description = "Unix socket of a software TPM, which a verifier counts as SIMULATED")
  private Optional<Path> tpmSocket = Optional.empty();

  @Option(
      names = "--insecure-simulated",
      paramLabel = "ROOT",
      description =
          "where there is nothing else, SIMULATED evidence signed by the key in this file, which is"
              + " made if it is not there; it proves nothing")
  private Optional<Path> insecureSimulated = Optional.empty();

  @Override
  public Integer call() throws IOException, AttestationException {
    byte[] reportData = reportData();
    Providers providers = providers();
    List<Providers.Finding> findings = providers.probe();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("providers", findings.stream().map(AttestEvidenceCommand::describe).toList());
    if (output.isPresent()) {
      write(providers.first(), reportData, output.get(), result);
    }
    print(findings, result);
    return 0;
  }

  private Providers providers() throws IOException {
    List<EvidenceProvider> asked = new ArrayList<>();
    tpmSocket.ifPresent(
        socket ->
            asked.add(
                TpmProvider.ofSocket(UnixDomainSocketAddress.of(socket), TpmOptions.defaults())));
    if (insecureSimulated.isPresent()) {
      SimulatedRoot key = SimulatedRoot.loadOrCreate(insecureSimulated.get());
      // No worker is behind this: nothing was measured.
      asked.add(new SimulatedProvider(key, new byte[NONCE_BYTES], Clock.systemUTC()));
    }
    return MachineProviders.under(root).and(asked);
  }

  private byte[] reportData() {
    if (nonce.isEmpty()) {
      byte[] random = new byte[NONCE_BYTES];
      new SecureRandom().nextBytes(random);
      return ReportData.ofNonce(random);
    }
    try {
      byte[] bytes = HexFormat.of().parseHex(nonce.get());
      if (bytes.length < SHORTEST_NONCE_BYTES) {
        throw new IllegalArgumentException(
            bytes.length + " bytes, must be at least " + SHORTEST_NONCE_BYTES);
      }
      return ReportData.ofNonce(bytes);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--nonce: " + e.getMessage(), e);
    }
  }

  private static Map<String, Object> describe(Providers.Finding finding) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", finding.provider().name());
    members.put("present", finding.isPresent());
    if (finding.probe() instanceof Probe.Present present) {
      members.put("tee", present.tee().code());
      members.put("detail", present.detail());
    } else if (finding.probe() instanceof Probe.Absent absent) {
      members.put("reason", absent.reason());
    }
    return members;
  }

  private static void write(
      EvidenceProvider provider, byte[] reportData, Path file, Map<String, Object> result)
      throws IOException, AttestationException {
    Evidence evidence = provider.provide(reportData);
    List<String> files = new ArrayList<>();
    Files.write(file, evidence.bytes());
    files.add(file.toString());
    for (EndorsementFile endorsement : evidence.endorsements()) {
      Path beside = Path.of(file + "." + endorsement.name());
      Files.write(beside, endorsement.bytes());
      files.add(beside.toString());
    }
    result.put("provider", provider.name());
    result.put("format", evidence.format());
    result.put("nonce", ReportData.nonceIn(evidence.format(), reportData));
    result.put("files", files);
  }

  private void print(List<Providers.Finding> findings, Map<String, Object> result) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.line(result));
    } else {
      findings.forEach(finding -> out.println(line(finding)));
      if (result.get("files") instanceof List<?> files) {
        out.printf("%nwritten: %s from %s%n", result.get("format"), result.get("provider"));
        out.println(
            "verify:  silenda attest verify --evidence "
                + String.join(" ", files.stream().map(String::valueOf).toList())
                + " --nonce "
                + result.get("nonce")
                + " --policy P");
      }
    }
    out.flush();
  }

  private static String line(Providers.Finding finding) {
    String words =
        finding.probe() instanceof Probe.Present present
            ? "present  " + present.tee().code() + ": " + present.detail()
            : "absent   " + ((Probe.Absent) finding.probe()).reason();
    return String.format("%-10s %s", finding.provider().name(), words);
  }
}
