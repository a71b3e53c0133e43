package io.silenda.cli;

import io.silenda.attest.AttestationException;
import io.silenda.attest.batch.BoundedFile;
import io.silenda.attest.binding.OwnerPolicy;
import io.silenda.attest.encoding.Digests;
import io.silenda.attest.receipt.Receipt;
import io.silenda.attest.receipt.ReceiptBundle;
import io.silenda.attest.receipt.ReceiptVerifier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code silenda attest receipt}. */
@Command(
    name = "receipt",
    description = "Check the receipt of an answer offline, with the evidence behind its key.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit codes: 0 the receipt holds, 1 refused or failed, 2 wrong usage.",
      "Example: silenda attest receipt answer.receipt --policy policy.txt --worker 91eb...",
      "           --model 5f3a... --worker-policy c2d0... --input request.bin --output answer.bin"
    })
final class AttestReceiptCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "F", description = "a receipt bundle: the receipt and its evidence")
  private Path file = Path.of("");

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "P",
      description = "a policy file, or its text; its nonce is not used, see --nonce")
  private String policy = "";

  @Option(names = "--worker", paramLabel = "HEX", description = "accepted worker digests")
  private List<String> workers = new ArrayList<>();

  @Option(names = "--model", paramLabel = "HEX", description = "accepted model digests")
  private List<String> models = new ArrayList<>();

  @Option(
      names = "--worker-policy",
      paramLabel = "HEX",
      description = "accepted digests of the worker's own policy")
  private List<String> workerPolicies = new ArrayList<>();

  @Option(
      names = "--insecure-any-digest",
      description = "accept any digest where none of its kind is given")
  private boolean anyDigest;

  @Option(names = "--nonce", paramLabel = "HEX", description = "the nonce of the session")
  private Optional<String> nonce = Optional.empty();

  @Option(names = "--input", paramLabel = "F", description = "the content of the request")
  private Optional<Path> input = Optional.empty();

  @Option(names = "--output", paramLabel = "F", description = "the content of the answer")
  private Optional<Path> output = Optional.empty();

  @Option(names = "--time", paramLabel = "T", description = "UTC; default: now")
  private Optional<Instant> time = Optional.empty();

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Override
  public Integer call() throws IOException, AttestationException {
    OwnerPolicy owner = owner();
    try {
      ReceiptBundle bundle = ReceiptBundle.parse(BoundedFile.read(file));
      ReceiptBundle.Verified verified = bundle.verify(owner, time.orElseGet(Instant::now));
      requireContents(verified.receipt());
      print(report(verified, bundle.bound().evidence().format()));
      return 0;
    } catch (AttestationException e) {
      if (json) {
        spec.commandLine().getOut().println(Json.line(refusal(e)));
        spec.commandLine().getOut().flush();
      }
      throw e;
    }
  }

  private OwnerPolicy owner() throws IOException, AttestationException {
    OwnerPolicy.Builder owner = OwnerPolicy.builder(AttestPolicyCommand.read(policy));
    try {
      owner
          .workers(workers.toArray(new String[0]))
          .models(models.toArray(new String[0]))
          .workerPolicies(workerPolicies.toArray(new String[0]));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    if (anyDigest && workers.isEmpty()) {
      owner.insecureAnyWorker();
    }
    if (anyDigest && models.isEmpty()) {
      owner.insecureAnyModel();
    }
    if (anyDigest && workerPolicies.isEmpty()) {
      owner.insecureAnyWorkerPolicy();
    }
    return owner.build();
  }

  private void requireContents(Receipt receipt) throws IOException, AttestationException {
    if (nonce.isPresent()) {
      ReceiptVerifier.requireEqual("nonce", receipt.nonce(), nonceBytes());
    }
    if (input.isPresent()) {
      ReceiptVerifier.requireEqual("input", receipt.inputHash(), hash(input.get()));
    }
    if (output.isPresent()) {
      ReceiptVerifier.requireEqual("output", receipt.outputHash(), hash(output.get()));
    }
  }

  private byte[] nonceBytes() {
    try {
      return HexFormat.of().parseHex(nonce.orElse(""));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--nonce: must be hex", e);
    }
  }

  private static byte[] hash(Path content) throws IOException {
    return Digests.SHA_256.hash(BoundedFile.read(content));
  }

  private Map<String, Object> report(ReceiptBundle.Verified verified, String format) {
    Receipt receipt = verified.receipt();
    HexFormat hex = HexFormat.of();
    boolean simulated = verified.verdict().simulated() || receipt.simulated();
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("verdict", "accept");
    report.put("hardware", simulated ? "SIMULATED" : format);
    report.put("issued_at", receipt.issuedAt().toString());
    report.put("sequence", receipt.sequence());
    report.put("model", hex.formatHex(receipt.modelDigest()));
    report.put("worker", hex.formatHex(receipt.workerDigest()));
    report.put("input_hash", hex.formatHex(receipt.inputHash()));
    report.put("output_hash", hex.formatHex(receipt.outputHash()));
    report.put("nonce", hex.formatHex(receipt.nonce()));
    report.put("evidence_hash", hex.formatHex(receipt.evidenceHash()));
    report.put("nonce_checked", nonce.isPresent());
    report.put("input_checked", input.isPresent());
    report.put("output_checked", output.isPresent());
    return report;
  }

  private static Map<String, Object> refusal(AttestationException refusal) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("verdict", "reject");
    report.put("reason", refusal.reason().code());
    report.put("explanation", refusal.check().sentence());
    return report;
  }

  private void print(Map<String, Object> report) {
    if (json) {
      spec.commandLine().getOut().println(Json.line(report));
    } else {
      report.forEach((name, value) -> spec.commandLine().getOut().println(name + ": " + value));
    }
    spec.commandLine().getOut().flush();
  }
}
