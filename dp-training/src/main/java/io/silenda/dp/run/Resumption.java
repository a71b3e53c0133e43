package io.silenda.dp.run;

import io.silenda.dp.checkpoint.ChargedBlock;
import io.silenda.dp.checkpoint.Checkpoint;
import io.silenda.dp.checkpoint.CheckpointException;
import io.silenda.dp.checkpoint.CheckpointFile;
import io.silenda.dp.job.JobException;
import io.silenda.dp.job.JobException.Reason;
import io.silenda.dp.job.TrainingJob;
import io.silenda.dp.ledger.LedgerException;
import io.silenda.dp.ledger.PrivacyLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a checkpoint may be gone on from. */
final class Resumption {
  private Resumption() {}

  static Optional<Checkpoint> find(
      OutputFolder output, TrainingJob job, String dataSha256, boolean resume)
      throws JobException, IOException {
    Path file = output.file(SegmentedTraining.CHECKPOINT);
    boolean there = Files.isRegularFile(file);
    if (resume != there) {
      throw new JobException(
          Reason.CHECKPOINT,
          there
              ? file + ": a run was stopped here; go on with --resume, or use another folder"
              : file + ": there is no checkpoint to resume from");
    }
    if (!there) {
      return Optional.empty();
    }
    try {
      Checkpoint checkpoint = CheckpointFile.read(Files.readAllBytes(file));
      if (!checkpoint.jobSha256().equals(job.sha256())) {
        throw new JobException(Reason.CHECKPOINT, file + ": is of another job, or the job changed");
      }
      if (!checkpoint.dataSha256().equals(dataSha256)) {
        throw new JobException(Reason.CHECKPOINT, file + ": is of other rows");
      }
      return Optional.of(checkpoint);
    } catch (CheckpointException e) {
      throw new JobException(Reason.CHECKPOINT, file + ": " + e.getMessage(), e);
    }
  }

  static void requireLast(PrivacyLedger ledger, Optional<Checkpoint> checkpoint)
      throws JobException, IOException, LedgerException {
    if (checkpoint.isEmpty()) {
      return;
    }
    try {
      ChargedBlock.requireLast(ledger.entries(), checkpoint.get());
    } catch (CheckpointException e) {
      throw new JobException(Reason.CHECKPOINT, String.valueOf(e.getMessage()), e);
    }
  }
}
