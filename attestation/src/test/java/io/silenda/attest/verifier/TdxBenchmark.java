package io.silenda.attest.verifier;

import io.silenda.attest.EndorsementFile;
import io.silenda.attest.Evidence;
import io.silenda.attest.Verdict;
import io.silenda.attest.VerificationContext;
import io.silenda.attest.intel.quote.Quote;
import io.silenda.attest.policy.PolicyText;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Full verifications and parses of a TDX quote a second of processor time, on one thread. Not a
 * test: run its {@code main} with a quote of version 4, its collateral and a time at which that is
 * current.
 */
final class TdxBenchmark {
  private static final long WARM_UP_NANOS = 6_000_000_000L;
  private static final long RUN_NANOS = 3_000_000_000L;

  private TdxBenchmark() {}

  private interface Work {
    void run() throws Exception;
  }

  public static void main(String[] args) throws Exception {
    byte[] quote = Files.readAllBytes(Path.of(args[0]));
    Evidence evidence =
        new Evidence(
            "tdx-quote-v4",
            quote,
            List.of(new EndorsementFile("collateral", Files.readAllBytes(Path.of(args[1])))));
    VerificationContext context = VerificationContext.full(Instant.parse(args[2]));
    Verifier verifier =
        new Verifier(
            PolicyText.parse(
                "accept tdx; measurements any; nonce is any; status any; advisory any"
                    + "; excuse policy-evaluation"));
    print(
        "full verifications",
        () -> {
          Verdict verdict = verifier.verify(evidence, context);
          if (!verdict.accepted()) {
            throw new IllegalStateException(verdict.explanation());
          }
        });
    print("parses", () -> Quote.parse(quote));
  }

  private static void print(String what, Work work) throws Exception {
    perSecond(work, WARM_UP_NANOS);
    for (int i = 0; i < 3; i++) {
      System.out.printf(
          Locale.ROOT, "%s: %.0f a second of processor time%n", what, perSecond(work, RUN_NANOS));
    }
  }

  private static double perSecond(Work work, long nanos) throws Exception {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    long runs = 0;
    while (threads.getCurrentThreadCpuTime() - start < nanos) {
      work.run();
      runs++;
    }
    return runs * 1e9 / (threads.getCurrentThreadCpuTime() - start);
  }
}
