package io.silenda.dp.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.silenda.dp.accounting.PrivacyEvent;
import io.silenda.dp.data.LabelledRows;
import io.silenda.dp.job.JobException;
import io.silenda.dp.job.JobException.Reason;
import io.silenda.dp.job.TrainingJob;
import io.silenda.dp.ledger.DataSetIdentity;
import io.silenda.dp.ledger.PrivacyLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot run says so in one line, before anything is spent. */
class BadJobsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`columns: [a, b]`|`columns: [a, c]`|DATA|there is no column \"c\"; the file has a, b, kind",
        "label: kind|label: sort|DATA|there is no column \"sort\"",
        "file: rows.csv|file: none.csv|DATA|there is no regular file",
        "file: test.csv|file: none.csv|DATA|there is no regular file",
        "classes: 2|classes: 3|MODEL|3 classes need as many outputs, and the last layer has 2",
        "classes: 2|`shape: [1, 3]\n  classes: 2`|MEMBER|data.shape: saw [1, 3], allowed: sizes whose product is 2",
        "kind: dense, units: 8|`kind: convolution, channels: 2, kernel: 3`|MODEL|model.layers: layer 0",
        "epsilon: 3|epsilon: 0.001|TARGET_OUT_OF_REACH|privacy.epsilon: saw 0.001000, allowed: at least",
        "epsilon: 10|epsilon: 2|LEDGER|budget of clouds exceeded: epsilon 0.00000 of 2.00000 is spent",
      })
  void nothingIsSpent(String replaced, String by, Reason reason, String message) throws Exception {
    assertRefused(JobFixture.write(folder, replaced, by), reason, message);
  }

  @Test
  void rowsThatAreNoNumbersAreRefused() throws Exception {
    Path job = JobFixture.write(folder, "two clouds", "two clouds");
    Files.writeString(folder.resolve("rows.csv"), "a,b,kind\n1,2,0\n1,NaN,1\n");
    assertRefused(job, Reason.DATA, "row 1, column b: NaN is not a finite number");
    Files.writeString(folder.resolve("rows.csv"), "a,b,kind\n1,2,0\n1,3,2\n");
    assertRefused(job, Reason.DATA, "row 1, label kind: \"2\" is not a whole number from 0 to 1");
  }

  @Test
  void anOverspentLedgerIsRefused() throws Exception {
    TrainingJob job = JobFixture.job(folder);
    PrivacyLedger ledger = ledger(job);
    ledger.charge("another", new PrivacyEvent.ApproximateDp(9, 1e-6));
    double spent = ledger.spent();
    JobException refusal =
        catchThrowableOfType(
            JobException.class, () -> PreparedRun.of(job, folder.resolve("out"), false));
    assertThat(refusal.reason()).isEqualTo(Reason.LEDGER);
    assertThat(refusal).hasMessageContaining("is left at delta");
    assertThat(ledger.spent()).isEqualTo(spent);
  }

  @Test
  void aLedgerOfOtherRowsIsRefused() throws Exception {
    TrainingJob job = JobFixture.job(folder);
    ledger(job);
    Files.writeString(folder.resolve("rows.csv"), "a,b,kind\n1,2,0\n1,3,1\n");
    JobException refusal =
        catchThrowableOfType(
            JobException.class, () -> PreparedRun.of(job, folder.resolve("out"), false));
    assertThat(refusal.reason()).isEqualTo(Reason.LEDGER);
    assertThat(refusal).hasMessageContaining("not those of this ledger");
  }

  @Test
  void anUnwritableOutputIsRefused() throws Exception {
    Path job = JobFixture.write(folder, "two clouds", "two clouds");
    Path file = Files.writeString(folder.resolve("out"), "a file");
    JobException refusal =
        catchThrowableOfType(
            JobException.class,
            () -> PreparedRun.of(TrainingJob.read(job), file.resolve("inside"), false));
    assertThat(refusal.reason()).isEqualTo(Reason.OUTPUT);
    assertThat(refusal).hasMessageContaining("cannot be written");
    assertThat(folder.resolve("clouds.ledger")).doesNotExist();
  }

  @Test
  void resumingNeedsACheckpoint() throws Exception {
    TrainingJob job = JobFixture.job(folder);
    JobException refusal =
        catchThrowableOfType(
            JobException.class, () -> PreparedRun.of(job, folder.resolve("out"), true));
    assertThat(refusal.reason()).isEqualTo(Reason.CHECKPOINT);
  }

  @Test
  void aGoodJobIsReadyAndUnspent() throws Exception {
    TrainingJob job = JobFixture.job(folder);
    PreparedRun run = PreparedRun.of(job, folder.resolve("out"), false);
    assertThat(run.plannedEpsilon()).isLessThanOrEqualTo(3).isGreaterThan(2.9);
    assertThat(run.ledger().spent()).isZero();
  }

  private void assertRefused(Path job, Reason reason, String message) throws Exception {
    JobException refusal =
        catchThrowableOfType(
            JobException.class,
            () -> PreparedRun.of(TrainingJob.read(job), folder.resolve("out"), false));
    assertThat(refusal).hasMessageContaining(message);
    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.toString().lines()).hasSize(1);
    if (Files.exists(folder.resolve("clouds.ledger"))) {
      assertThat(Files.readString(folder.resolve("clouds.ledger"))).doesNotContain("charge");
    }
  }

  private static PrivacyLedger ledger(TrainingJob job) throws Exception {
    LabelledRows rows = job.data().source().read();
    return PrivacyLedger.open(
        job.privacy().ledger(),
        new DataSetIdentity(job.data().name(), rows.sha256()),
        job.privacy().budget());
  }
}
