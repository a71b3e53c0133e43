package io.silenda.bench.jmh;

import io.silenda.attest.AttestationException;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.Verdict;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.VerificationMode;
import io.silenda.attest.batch.BoundedFile;
import io.silenda.attest.policy.Policy;
import io.silenda.attest.policy.PolicyJson;
import io.silenda.attest.policy.PolicyText;
import io.silenda.attest.simulated.SimulatedProvider;
import io.silenda.attest.simulated.SimulatedRoot;
import io.silenda.attest.verifier.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Evidence and policies. By default the evidence is SIMULATED and made here, two signatures of
 * Ed25519; of any other format name the files: {@code -p format=snp-report -p evidence=FILE -p
 * endorsements=FILE:FILE -p policy=... -p time=...}.
 */
public class EvidenceBenchmark extends Microseconds {
  private static final String SIMULATED =
      "accept simulated; measurements any; nonce is any; simulated allowed";
  private static final byte[] DIGEST = new byte[32];
  private static final byte[] REPORT_DATA = new byte[64];

  /** The name of its format; empty for SIMULATED evidence. */
  @Param("")
  public String format = "";

  /** Its file. */
  @Param("")
  public String evidence = "";

  /** Files that go with it, separated by colons. */
  @Param("")
  public String endorsements = "";

  /** What it is appraised by. */
  @Param(SIMULATED)
  public String policy = SIMULATED;

  /** When it is verified; empty for now. */
  @Param("")
  public String time = "";

  private final SimulatedProvider provider =
      new SimulatedProvider(SimulatedRoot.random(), DIGEST, Clock.systemUTC());
  private Evidence read = Evidence.of("", DIGEST);
  private VerificationContext context = VerificationContext.full(Instant.EPOCH);
  private byte[] policyJson = {};

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private Policy parsed;

  @SuppressWarnings("NullAway.Init") // set up before each trial
  private Verifier verifier;

  /** Reads or makes the evidence, and asserts that it is accepted. */
  @Setup(Level.Trial)
  public void open() throws IOException, AttestationException {
    parsed = parsePolicyText();
    policyJson = PolicyJson.print(parsed).getBytes(StandardCharsets.UTF_8);
    verifier = new Verifier(parsed);
    context = VerificationContext.full(time.isEmpty() ? Instant.now() : Instant.parse(time));
    read = format.isEmpty() ? provide() : readEvidence();
    Verdict verdict = verify();
    if (!verdict.accepted()) {
      throw new IllegalArgumentException("evidence: " + verdict.explanation());
    }
  }

  private Evidence readEvidence() throws IOException {
    List<EndorsementFile> files = new ArrayList<>();
    for (String each : endorsements.split(":", -1)) {
      if (!each.isEmpty()) {
        Path file = Path.of(each);
        files.add(new EndorsementFile(file.getFileName().toString(), BoundedFile.read(file)));
      }
    }
    return new Evidence(format, BoundedFile.read(Path.of(evidence)), files);
  }

  /** SIMULATED evidence for 64 bytes of report data. */
  @Benchmark
  public Evidence provide() {
    return provider.provide(REPORT_DATA);
  }

  /** Parse, verification, appraisal. */
  @Benchmark
  public Verdict verify() {
    return verifier.verify(read, context);
  }

  /** The same without any signature: the baseline. */
  @Benchmark
  public Verdict parseAndAppraise() {
    return verifier.verify(
        read,
        new VerificationContext(VerificationMode.PARSE_ONLY, context.time(), Optional.empty()));
  }

  /** A policy of one line. */
  @Benchmark
  public Policy parsePolicyText() throws AttestationException {
    return PolicyText.parse(policy);
  }

  /** The same in JSON. */
  @Benchmark
  public Policy parsePolicyJson() throws AttestationException {
    return PolicyJson.parse(policyJson);
  }

  /** A policy to its canonical line. */
  @Benchmark
  public String printPolicy() {
    return PolicyText.print(parsed);
  }
}
