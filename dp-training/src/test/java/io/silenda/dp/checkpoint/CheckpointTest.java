package io.silenda.dp.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import io.silenda.dp.checkpoint.CheckpointException.Reason;
import io.silenda.dp.ledger.LedgerEntry;
import io.silenda.dp.train.TrainingState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointTest {
  private static final String RUN = "0123456789abcdef".repeat(2);
  private static final TrainingState STATE =
      new TrainingState(
          20, new float[] {1, -2, 3.5f}, List.of(new float[] {4, 5, 6}), new float[0], 0.75);

  @Test
  void readsBackWhatWasWritten() throws Exception {
    Checkpoint checkpoint = checkpoint(new ChargedBlock(10, 20, "a".repeat(64)));
    Checkpoint read = CheckpointFile.read(CheckpointFile.write(checkpoint));
    assertThat(read.run()).isEqualTo(RUN);
    assertThat(read.block()).isEqualTo(checkpoint.block());
    assertThat(read.noiseMultiplier()).isEqualTo(1.5);
    assertThat(Checkpoint.digest(read.state())).isEqualTo(Checkpoint.digest(STATE));
    assertThat(read.state().weights()).containsExactly(1, -2, 3.5f);
  }

  @Test
  void everyFlippedBitAndEveryCutIsRefused() {
    byte[] good = CheckpointFile.write(checkpoint(new ChargedBlock(10, 20, "a".repeat(64))));
    for (int bit = 0; bit < 8 * good.length; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      assertDamaged(bad);
    }
    for (int length = 0; length < good.length; length++) {
      assertDamaged(Arrays.copyOf(good, length));
    }
  }

  @Test
  void onlyTheLedgersLastIsGoneOnFrom() {
    ChargedBlock first = new ChargedBlock(0, 10, "0".repeat(64));
    ChargedBlock second = new ChargedBlock(10, 20, "a".repeat(64));
    ChargedBlock third = new ChargedBlock(20, 30, Checkpoint.digest(STATE));
    Checkpoint checkpoint = checkpoint(second);
    assertAccepted(checkpoint, first, second);
    // Charged, and died before the next checkpoint; also twice.
    assertAccepted(checkpoint, first, second, third);
    assertAccepted(checkpoint, first, second, third, third);
    assertRefused(checkpoint);
    assertRefused(checkpoint, first);
    // Another model than the one that was charged for: an older copy, or changed weights.
    assertRefused(checkpoint, first, second, new ChargedBlock(20, 30, "b".repeat(64)));
    assertRefused(checkpoint, first, second, third, new ChargedBlock(30, 40, "c".repeat(64)));
  }

  @Test
  void entriesOfOtherRunsDoNotCount() throws Exception {
    ChargedBlock block = new ChargedBlock(10, 20, "a".repeat(64));
    List<LedgerEntry> entries = new ArrayList<>();
    entries.add(new LedgerEntry(block.label("job", RUN), new Gaussian(1)));
    entries.add(new LedgerEntry("something else", new Gaussian(1)));
    entries.add(
        new LedgerEntry(
            new ChargedBlock(40, 50, "f".repeat(64)).label("job", "f".repeat(32)),
            new Gaussian(1)));
    ChargedBlock.requireLast(entries, checkpoint(block));
    assertThat(ChargedBlock.entries(entries, RUN)).hasSize(1);
  }

  private static Checkpoint checkpoint(ChargedBlock block) {
    return new Checkpoint(RUN, "1".repeat(64), "2".repeat(64), 1.5, block, STATE);
  }

  private static void assertDamaged(byte[] bytes) {
    CheckpointException refusal =
        catchThrowableOfType(CheckpointException.class, () -> CheckpointFile.read(bytes));
    assertThat(refusal.reason()).isEqualTo(Reason.DAMAGED);
  }

  private static void assertAccepted(Checkpoint checkpoint, ChargedBlock... blocks) {
    assertThatCode(() -> ChargedBlock.requireLast(entries(blocks), checkpoint))
        .doesNotThrowAnyException();
  }

  private static void assertRefused(Checkpoint checkpoint, ChargedBlock... blocks) {
    CheckpointException refusal =
        catchThrowableOfType(
            CheckpointException.class, () -> ChargedBlock.requireLast(entries(blocks), checkpoint));
    assertThat(refusal.reason()).isEqualTo(Reason.NOT_THE_LEDGERS_LAST);
  }

  private static List<LedgerEntry> entries(ChargedBlock... blocks) {
    return Arrays.stream(blocks)
        .map(block -> new LedgerEntry(block.label("job", RUN), new Gaussian(1)))
        .toList();
  }
}
