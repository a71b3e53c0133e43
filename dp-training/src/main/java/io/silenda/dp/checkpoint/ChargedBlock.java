package io.silenda.dp.checkpoint;

import io.silenda.dp.checkpoint.CheckpointException.Reason;
import io.silenda.dp.ledger.LedgerEntry;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Steps that are charged together before the first of them, as the ledger names them.
 *
 * @param start steps done before the block
 * @param end steps done behind it
 * @param model digest of the state that the block starts from
 */
public record ChargedBlock(long start, long end, String model) {
  private static final Pattern LABEL =
      Pattern.compile(
          ".* run ([0-9a-f]{32}) steps ([0-9]{1,18})-([0-9]{1,18}) from ([0-9a-f]{64})");

  /** Checks the order. */
  public ChargedBlock {
    if (start < 0 || end <= start || !model.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("block " + start + "-" + end + " is not one of a run");
    }
  }

  /** The entry's name in the ledger. */
  public String label(String job, String run) {
    return job + " run " + run + " steps " + start + "-" + end + " from " + model;
  }

  /** Entries of a run. */
  public static List<LedgerEntry> entries(List<LedgerEntry> all, String run) {
    return all.stream()
        .filter(
            entry -> {
              Matcher matcher = LABEL.matcher(entry.job());
              return matcher.matches() && matcher.group(1).equals(run);
            })
        .toList();
  }

  /** Steps that the entries of a run were charged for. */
  public static long steps(List<LedgerEntry> entries) {
    return entries.stream()
        .map(ChargedBlock::parsed)
        .mapToLong(block -> block.end() - block.start())
        .sum();
  }

  /**
   * Refuses a checkpoint from which the run's last entry in the ledger does not follow: then steps
   * were charged, and perhaps released, that it does not know of.
   */
  public static void requireLast(List<LedgerEntry> all, Checkpoint checkpoint)
      throws CheckpointException {
    List<LedgerEntry> own = entries(all, checkpoint.run());
    Optional<ChargedBlock> last =
        own.isEmpty() ? Optional.empty() : Optional.of(parsed(own.get(own.size() - 1)));
    boolean inside = last.isPresent() && last.get().equals(checkpoint.block());
    boolean before =
        last.isPresent()
            && last.get().start() == checkpoint.state().step()
            && last.get().model().equals(Checkpoint.digest(checkpoint.state()));
    if (!inside && !before) {
      throw new CheckpointException(
          Reason.NOT_THE_LEDGERS_LAST,
          "the checkpoint is of step "
              + checkpoint.state().step()
              + ", and the ledger's last entry of its run "
              + last.map(block -> "does not follow from it: it begins at step " + block.start())
                  .orElse("is missing"));
    }
  }

  private static ChargedBlock parsed(LedgerEntry entry) {
    Matcher matcher = LABEL.matcher(entry.job());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("entry is not of a run");
    }
    return new ChargedBlock(
        Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3)), matcher.group(4));
  }
}
