package io.silenda.bench.jmh;

import io.silenda.attest.AttestationException;
import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.Verdict;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.batch.BoundedFile;
import io.silenda.attest.intel.quote.Quote;
import io.silenda.attest.policy.PolicyText;
import io.silenda.attest.verifier.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Verifications and parses of a TDX quote of version 4 with its collateral. The baseline is what
 * cannot be done without: eleven ECDSA P-256 verifications, here by the JDK. Name the files with
 * {@code -p quote=... -p collateral=... -p time=...}, at a time at which the collateral is current.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TdxVerificationBenchmark {
  /**
   * PCK, its authority and root; the signer and its root; two lists; two texts; QE report; quote.
   */
  private static final int SIGNATURES = 11;

  private static final String POLICY =
      "accept tdx; measurements any; nonce is any; status any; advisory any"
          + "; excuse policy-evaluation";

  /** The quote's file. */
  @Param({""})
  public String quote = "";

  /** The collateral's file. */
  @Param({""})
  public String collateral = "";

  /** When to verify. */
  @Param({"2026-01-15T00:00:00Z"})
  public String time = "";

  private byte[] bytes = {};
  private byte[] signature = {};
  private Evidence evidence = Evidence.of("", bytes);
  private Signature baseline = p256();
  private Verifier verifier = verifier();
  private VerificationContext context = VerificationContext.full(Instant.EPOCH);

  /** Reads the files, and asserts that they verify. */
  @Setup
  public void read() throws IOException, GeneralSecurityException {
    if (quote.isEmpty() || collateral.isEmpty()) {
      throw new IllegalArgumentException("quote, collateral: empty, name both with -p");
    }
    bytes = BoundedFile.read(Path.of(quote));
    EndorsementFile file = new EndorsementFile("collateral", BoundedFile.read(Path.of(collateral)));
    evidence = new Evidence("tdx-quote-v4", bytes, List.of(file));
    context = VerificationContext.full(Instant.parse(time));
    Verdict verdict = verify();
    if (!verdict.accepted()) {
      throw new IllegalArgumentException("quote: " + verdict.explanation());
    }
    prepareBaseline();
  }

  private void prepareBaseline() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    baseline.initSign(keys.getPrivate());
    baseline.update(bytes);
    signature = baseline.sign();
    baseline.initVerify(keys.getPublic());
  }

  /** Parse, verification with full collateral, appraisal. */
  @Benchmark
  public Verdict verify() {
    return verifier.verify(evidence, context);
  }

  /** The parser alone. */
  @Benchmark
  public Quote parse() throws AttestationException {
    return Quote.parse(bytes);
  }

  /** The baseline: as many signatures of the quote's length. */
  @Benchmark
  public int jdkSignatures() throws GeneralSecurityException {
    int good = 0;
    for (int i = 0; i < SIGNATURES; i++) {
      baseline.update(bytes);
      good += baseline.verify(signature) ? 1 : 0;
    }
    return good;
  }

  private static Signature p256() {
    try {
      return Signature.getInstance("SHA256withECDSA");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }

  private static Verifier verifier() {
    try {
      return new Verifier(PolicyText.parse(POLICY));
    } catch (AttestationException e) {
      throw new IllegalStateException(e);
    }
  }
}
