package io.silenda.cli;

import io.silenda.attest.AttestationException;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.Verdict;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.batch.BatchVerifier;
import io.silenda.attest.batch.BoundedFile;
import io.silenda.attest.log.LogBundle;
import io.silenda.attest.policy.Policy;
import io.silenda.attest.policy.PolicyFile;
import io.silenda.attest.report.EarJson;
import io.silenda.attest.report.Explanation;
import io.silenda.attest.report.VerdictJson;
import io.silenda.attest.verifier.FormatGuess;
import io.silenda.attest.verifier.Verifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code silenda attest verify}. */
@Command(
    name = "verify",
    description = "Verify evidence offline and hold it against a policy.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit codes: 0 accepted (a batch: all lines answered), 1 rejected or failed, 2 wrong usage.",
      "Example: silenda attest verify --evidence quote.bin collateral.json --policy policy.txt",
      "           --nonce 00ff... --explain"
    })
final class AttestVerifyCommand implements Callable<Integer> {
  /** Either many requests or one. */
  static final class What {
    @Option(
        names = "--batch",
        required = true,
        paramLabel = "REQUESTS.jsonl",
        description = "requests, one JSON object a line; paths are relative to this file")
    private Optional<Path> batch = Optional.empty();

    @Option(
        names = "--evidence",
        required = true,
        arity = "1..*",
        paramLabel = "F",
        description = "the evidence, then certificates (leaf first) and collateral")
    private List<Path> evidence = new ArrayList<>();
  }

  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private What what = new What();

  @Option(names = "--policy", paramLabel = "P", description = "a policy file, or its text")
  private Optional<String> policy = Optional.empty();

  @Option(names = "--nonce", paramLabel = "HEX", description = "the nonce that was sent")
  private Optional<String> nonce = Optional.empty();

  @Option(names = "--format", paramLabel = "NAME", description = "default: guessed by the bytes")
  private Optional<String> format = Optional.empty();

  @Option(names = "--time", paramLabel = "T", description = "UTC; default: now")
  private Optional<Instant> time = Optional.empty();

  @Option(
      names = "--published",
      paramLabel = "BUNDLE.json",
      description = "proof that a measurement is in a log")
  private List<Path> published = new ArrayList<>();

  @Option(names = "--explain", description = "every check, for people")
  private boolean explain;

  @Option(names = "--json", description = "the verdict as one JSON object")
  private boolean json;

  @Option(names = "--ear", description = "the verdict as an EAT attestation result")
  private boolean ear;

  @Override
  public Integer call() throws IOException, AttestationException {
    return what.batch.isPresent() ? batch(what.batch.get()) : single();
  }

  private int batch(Path requests) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Path file = requests.toAbsolutePath().normalize();
    BatchVerifier verifier = new BatchVerifier(Objects.requireNonNullElse(file.getParent(), file));
    byte[] bytes = Files.readAllBytes(requests);
    int start = 0;
    while (start < bytes.length) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      byte[] line = Arrays.copyOfRange(bytes, start, end);
      if (!new String(line, StandardCharsets.ISO_8859_1).isBlank()) {
        out.println(verifier.answer(line));
        out.flush();
      }
      start = end + 1;
    }
    return 0;
  }

  private int single() throws IOException, AttestationException {
    Policy appraisal = appraisal();
    Instant now = time.orElseGet(Instant::now);
    List<LogBundle> bundles = new ArrayList<>();
    for (Path bundle : published) {
      bundles.add(LogBundle.parse(BoundedFile.read(bundle)));
    }
    Verdict verdict =
        new Verifier(appraisal, bundles).verify(evidence(), VerificationContext.full(now));
    print(verdict, appraisal, now);
    return verdict.accepted() ? 0 : 1;
  }

  private Policy appraisal() throws IOException, AttestationException {
    Policy read =
        AttestPolicyCommand.read(
            policy.orElseThrow(
                () -> new ParameterException(spec.commandLine(), "--policy is missing")));
    if (nonce.isEmpty()) {
      return read;
    }
    try {
      return read.withNonce(nonce.get().toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--nonce: " + e.getMessage(), e);
    }
  }

  private Evidence evidence() throws IOException, AttestationException {
    byte[] bytes = BoundedFile.read(what.evidence.get(0));
    List<EndorsementFile> files = new ArrayList<>();
    for (Path file : what.evidence.subList(1, what.evidence.size())) {
      files.add(new EndorsementFile(file.toString(), BoundedFile.read(file)));
    }
    return new Evidence(format.isPresent() ? format.get() : FormatGuess.of(bytes), bytes, files);
  }

  private void print(Verdict verdict, Policy appraisal, Instant now) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(VerdictJson.of(what.evidence.get(0).toString(), verdict));
    } else if (ear) {
      out.println(EarJson.of(verdict, now, "sha-256:" + PolicyFile.digest(appraisal)));
    } else if (explain) {
      out.print(Explanation.full(verdict));
    } else {
      out.println(Explanation.line(verdict));
    }
    out.flush();
    if (!verdict.accepted()) {
      spec.commandLine().getErr().println("silenda: " + Explanation.line(verdict));
    }
  }
}
