package io.silenda.dp.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.silenda.dp.accounting.Adjacency;
import io.silenda.dp.accounting.PrivacyAccountant;
import io.silenda.dp.accounting.PrivacyEvent;
import io.silenda.dp.accounting.PrivacyEvent.Composed;
import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import io.silenda.dp.accounting.PrivacyEvent.PoissonSampled;
import io.silenda.dp.accounting.PrivacyEvent.RepeatAndSelect;
import io.silenda.dp.ledger.LedgerException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivacyLedgerTest {
  private static final DataSetIdentity DATA = new DataSetIdentity("patients", "0f".repeat(32));
  private static final Budget BUDGET = new Budget(3, 1e-5, Adjacency.ADD_REMOVE);
  private static final PrivacyEvent TRAINING =
      new PoissonSampled(0.01, new Gaussian(1.1)).times(1000);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("ledger");
  }

  @Test
  void sumsAcrossJobsAndOpenings() throws Exception {
    open().charge("first", TRAINING);
    double spent = open().charge("second", new Gaussian(5));

    assertThat(open().events()).containsExactly(TRAINING, new Gaussian(5));
    assertThat(spent)
        .isCloseTo(
            PrivacyAccountant.pld()
                .epsilon(
                    new Composed(List.of(TRAINING, new Gaussian(5))), Adjacency.ADD_REMOVE, 1e-5),
            within(1e-12));
    assertThat(open().spent()).isEqualTo(spent);
  }

  @Test
  void anOverspendingJobIsToldWhatIsLeftAndSpendsNothing() throws Exception {
    PrivacyLedger ledger = open();
    double spent = ledger.charge("first", TRAINING);

    assertThatThrownBy(() -> ledger.charge("second", TRAINING.times(10)))
        .isInstanceOfSatisfying(
            LedgerException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BUDGET_EXCEEDED))
        .hasMessageContaining(String.format("epsilon %.6g of 3.00000 is spent", spent))
        .hasMessageContaining(String.format("%.6g is left", 3 - spent));
    assertThat(ledger.spent()).isEqualTo(spent);
    assertThat(ledger.events()).hasSize(1);
  }

  @Test
  void everyFlippedBitIsFound() throws Exception {
    open().charge("first", TRAINING);
    open().charge("second", new Gaussian(9));
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 1;
      Files.write(file, damaged);
      assertThatThrownBy(this::open)
          .as("byte %d", i)
          .isInstanceOfSatisfying(
              LedgerException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT));
    }
  }

  @Test
  void replayedDroppedAndSwappedLinesAreFound() throws Exception {
    open().charge("first", new Gaussian(8));
    open().charge("second", new Gaussian(9));
    List<String> lines = Files.readAllLines(file);
    for (List<Integer> order :
        List.of(List.of(0, 1, 1, 2), List.of(0, 2), List.of(0, 2, 1), List.of(1, 2))) {
      Files.write(file, order.stream().map(lines::get).toList());
      assertThatThrownBy(this::open).as("%s", order).isInstanceOf(LedgerException.class);
    }
  }

  @Test
  void aTornLastLineWasNeverAcknowledgedAndIsWrittenOver() throws Exception {
    open().charge("first", new Gaussian(8));
    byte[] before = Files.readAllBytes(file);
    open().charge("second", new Gaussian(9));
    byte[] after = Files.readAllBytes(file);
    for (int cut = before.length; cut < after.length - 1; cut++) {
      Files.write(file, java.util.Arrays.copyOf(after, cut));
      assertThat(open().events()).as("cut at %d", cut).containsExactly(new Gaussian(8));
    }
    open().charge("again", new Gaussian(9));
    assertThat(open().events()).containsExactly(new Gaussian(8), new Gaussian(9));
  }

  @Test
  void aWholeLastLineCountsWithoutItsEnd() throws Exception {
    open().charge("first", new Gaussian(8));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 1));
    assertThat(open().events()).containsExactly(new Gaussian(8));

    open().charge("second", new Gaussian(9));
    open().charge("third", new Gaussian(10));
    assertThat(open().events()).containsExactly(new Gaussian(8), new Gaussian(9), new Gaussian(10));
  }

  @Test
  void whatCouldNotBeReadBackIsNeverWritten() throws Exception {
    PrivacyLedger ledger = open();
    PrivacyEvent deep = new Gaussian(1000);
    for (int i = 0; i < 17; i++) {
      deep = new Composed(List.of(deep));
    }
    PrivacyEvent tooDeep = deep;
    refused(Reason.NOT_ACCOUNTABLE, () -> ledger.charge("deep", tooDeep));
    PrivacyEvent tooLong = new Composed(Collections.nCopies(70_000, new Gaussian(1e6)));
    refused(Reason.NOT_ACCOUNTABLE, () -> ledger.charge("long", tooLong));
    assertThat(open().events()).isEmpty();
  }

  @Test
  void otherDataAndOtherBudgetsAreRefusedButDeclaredCopiesShare() throws Exception {
    open().charge("first", TRAINING);
    DataSetIdentity copy = new DataSetIdentity("patients, sorted", "1e".repeat(32));
    refused(Reason.IDENTITY_MISMATCH, () -> PrivacyLedger.open(file, copy, BUDGET));
    for (Budget other :
        List.of(
            new Budget(4, 1e-5, Adjacency.ADD_REMOVE),
            new Budget(3, 1e-4, Adjacency.ADD_REMOVE),
            new Budget(3, 1e-5, Adjacency.REPLACE_ONE))) {
      refused(Reason.IDENTITY_MISMATCH, () -> PrivacyLedger.open(file, DATA, other));
    }

    open().declareCopy(copy);
    assertThat(PrivacyLedger.open(file, copy, BUDGET).events()).containsExactly(TRAINING);
  }

  @Test
  void whatNoAccountantBoundsIsRefused() throws Exception {
    PrivacyLedger ledger = open();
    ledger.charge("tuning", new RepeatAndSelect(new Gaussian(20), 5, 1));
    refused(
        Reason.NOT_ACCOUNTABLE,
        () ->
            ledger.charge("fixed batches", new PrivacyEvent.FixedBatch(10, 1000, new Gaussian(5))));
    assertThat(ledger.events()).hasSize(1);
  }

  @Test
  void unknownEventsInTheFileAreRefused() throws Exception {
    open();
    LedgerChain chain = new LedgerChain();
    chain.accept(Files.readAllBytes(file));
    Files.write(file, chain.next(List.of("charge", "job", "Magic(1)")), StandardOpenOption.APPEND);
    refused(Reason.CORRUPT, this::open);
  }

  @Test
  void threadsShareOneLedger() throws Exception {
    PrivacyLedger ledger = open();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Double>> jobs =
          Collections.nCopies(40, () -> ledger.charge("job", new Gaussian(100)));
      for (Future<Double> each : pool.invokeAll(jobs)) {
        assertThat(each.get()).isPositive();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(ledger.events()).hasSize(40);
  }

  @Test
  void fieldsThatWouldBreakLinesAreRefused() throws Exception {
    PrivacyLedger ledger = open();
    assertThatThrownBy(() -> ledger.charge("a\tb", new Gaussian(9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("job");
    assertThat(Files.readString(file, StandardCharsets.UTF_8).lines()).hasSize(1);
  }

  private PrivacyLedger open() throws IOException, LedgerException {
    return PrivacyLedger.open(file, DATA, BUDGET);
  }

  private static void refused(Reason reason, Callable<?> call) {
    assertThatThrownBy(call::call)
        .isInstanceOfSatisfying(
            LedgerException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
