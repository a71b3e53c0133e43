package io.silenda.dp.run;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.checkpoint.ChargedBlock;
import io.silenda.dp.checkpoint.Checkpoint;
import io.silenda.dp.checkpoint.CheckpointFile;
import io.silenda.dp.evaluate.RowData;
import io.silenda.dp.ledger.LedgerException;
import io.silenda.dp.ledger.PrivacyLedger;
import io.silenda.dp.report.LocalHistory;
import io.silenda.dp.train.DpTrainerBuilder;
import io.silenda.dp.train.FixedFeatures;
import io.silenda.dp.train.NoisePolicy;
import io.silenda.dp.train.TrainedModel;
import io.silenda.dp.train.TrainingData;
import io.silenda.dp.train.TrainingProgress;
import io.silenda.dp.train.TrainingState;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Trains block by block: a block is charged under the digest of the state it starts from, then
 * trained, then kept as a checkpoint. Whatever happens in between, the ledger knows at least of all
 * steps that ran, and a later checkpoint is never mistaken for an earlier one. Correlated noise
 * begins anew with each block, so that none of it is ever needed after a crash.
 */
final class SegmentedTraining {
  static final String CHECKPOINT = "checkpoint.bin";
  private static final String NO_MODEL = "0".repeat(64);

  private final PreparedRun run;
  private final RunListener listener;
  private final BooleanSupplier stopping;
  private final LocalHistory history = new LocalHistory();
  private final PrivacyLedger ledger;
  private Optional<TrainingState> state;
  private double epsilon;
  private double lastLoss = Double.NaN;
  private long began;

  SegmentedTraining(PreparedRun run, RunListener listener, BooleanSupplier stopping) {
    this.run = run;
    this.listener = listener;
    this.stopping = stopping;
    this.ledger = run.ledger();
    this.state = run.resumed().map(Checkpoint::state);
  }

  LocalHistory history() {
    return history;
  }

  /** The trained model, or nothing where the run was stopped before its end. */
  Optional<TrainedModel> run() throws IOException, LedgerException, AccountingException {
    TrainingData data = new RowData(run.rows());
    if (run.network().features().isEmpty()) {
      return run(data);
    }
    try (FixedFeatures features = new FixedFeatures(run.network(), data)) {
      return run(features);
    }
  }

  private Optional<TrainedModel> run(TrainingData data)
      throws IOException, LedgerException, AccountingException {
    long steps = run.job().training().steps();
    Optional<TrainedModel> latest = Optional.empty();
    began = System.nanoTime();
    while (done() < steps && !stopping.getAsBoolean()) {
      long end = Math.min(steps, done() + run.job().training().checkpointEvery());
      ChargedBlock block =
          new ChargedBlock(done(), end, state.map(Checkpoint::digest).orElse(NO_MODEL));
      TrainedModel model = train(block, data);
      epsilon = run.guarantee().epsilon();
      history.spent(model.state().step(), epsilon);
      state = Optional.of(model.state());
      latest = Optional.of(model);
      run.output().write(CHECKPOINT, CheckpointFile.write(checkpoint(block, model.state())));
    }
    history.took(System.nanoTime() - began);
    return done() < steps ? Optional.empty() : latest;
  }

  private long done() {
    return state.map(TrainingState::step).orElse(0L);
  }

  private TrainedModel train(ChargedBlock block, TrainingData data)
      throws IOException, LedgerException, AccountingException {
    DpTrainerBuilder builder =
        run.trainer()
            .ledger(
                ledger,
                block.label(ledgerName(), run.runName()),
                run.job().training().checkpointEvery())
            .listener(progress -> afterStep(progress, block));
    state.ifPresent(builder::resume);
    return builder.build().train(data);
  }

  /** A test seed is named in the ledger, too. */
  private String ledgerName() {
    boolean seeded = run.job().training().noise() instanceof NoisePolicy.InsecureTestSeed;
    return run.job().name() + (seeded ? " (NOT PRIVATE: test seed)" : "");
  }

  private void afterStep(TrainingProgress progress, ChargedBlock block) {
    double loss = progress.localLoss();
    lastLoss = Double.isNaN(loss) ? lastLoss : loss;
    history.step(progress.step(), loss, progress.localBatchSize(), progress.localRejectedRecords());
    double seconds = (System.nanoTime() - began) / 1e9;
    listener.afterStep(
        new RunListener.Progress(
            progress.step(), progress.steps(), lastLoss, epsilon, history.records() / seconds));
    if (progress.step() == block.end() || stopping.getAsBoolean()) {
      progress.stop();
    }
  }

  private Checkpoint checkpoint(ChargedBlock block, TrainingState reached) {
    return new Checkpoint(
        run.runName(), run.job().sha256(), run.dataSha256(), run.noiseMultiplier(), block, reached);
  }
}
