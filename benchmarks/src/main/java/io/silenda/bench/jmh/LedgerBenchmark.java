package io.silenda.bench.jmh;

import io.silenda.dp.accounting.Adjacency;
import io.silenda.dp.accounting.AnalyticGaussian;
import io.silenda.dp.accounting.PrivacyEvent;
import io.silenda.dp.audit.AuditResult;
import io.silenda.dp.audit.OneRunBound;
import io.silenda.dp.ledger.Budget;
import io.silenda.dp.ledger.DataSetIdentity;
import io.silenda.dp.ledger.LedgerException;
import io.silenda.dp.ledger.PrivacyLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** What is done around a training run: a ledger is charged and read, a claim audited. */
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LedgerBenchmark extends Microseconds {
  private static final DataSetIdentity DATA = new DataSetIdentity("rows", "ab".repeat(32));
  private static final Budget BUDGET = new Budget(1e6, 1e-5, Adjacency.ADD_REMOVE);
  private static final PrivacyEvent EVENT = new PrivacyEvent.Gaussian(4);
  private static final int CANARIES = 1000;

  /** Entries that the ledger has before. */
  @Param("10")
  public int entries = 10;

  private final boolean[] included = new boolean[CANARIES];
  private final double[] scores = new double[CANARIES];
  private Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init") // set up before each iteration
  private PrivacyLedger ledger;

  /** Draws scores of canaries. */
  @Setup(Level.Trial)
  public void draw() {
    Random random = new Random(1);
    for (int i = 0; i < CANARIES; i++) {
      included[i] = random.nextBoolean();
      scores[i] = random.nextGaussian() + (included[i] ? 0.5 : 0);
    }
  }

  /** Begins a ledger anew, so that it does not grow from one iteration to the next. */
  @Setup(Level.Iteration)
  public void open() throws IOException, LedgerException {
    folder = Files.createTempDirectory("ledger-benchmark");
    ledger = PrivacyLedger.open(folder.resolve("ledger"), DATA, BUDGET);
    for (int i = 0; i < entries; i++) {
      charge();
    }
  }

  /** Deletes it. */
  @TearDown(Level.Iteration)
  public void close() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** Charges an event: locks, accounts, appends, syncs. The ledger grows within an iteration. */
  @Benchmark
  public double charge() throws IOException, LedgerException {
    return ledger.charge("benchmark", EVENT);
  }

  /** Reads the ledger, verifies its chain, and accounts. */
  @Benchmark
  public double spent() throws IOException, LedgerException {
    return ledger.spent();
  }

  /** Noise of one Gaussian release, exactly: the baseline of accounting. */
  @Benchmark
  public double analyticSigma() {
    return AnalyticGaussian.sigma(1, 1e-5);
  }

  /** A lower bound of epsilon from one run with 1,000 canaries. */
  @Benchmark
  public AuditResult auditBound() {
    return OneRunBound.of(included, scores, 1e-5, 0.95);
  }
}
