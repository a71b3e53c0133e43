package io.silenda.dp.run;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.checkpoint.ChargedBlock;
import io.silenda.dp.checkpoint.Checkpoint;
import io.silenda.dp.data.DataSource;
import io.silenda.dp.data.LabelledRows;
import io.silenda.dp.data.Scaling;
import io.silenda.dp.job.JobException;
import io.silenda.dp.job.JobException.Reason;
import io.silenda.dp.job.TrainingJob;
import io.silenda.dp.ledger.DataSetIdentity;
import io.silenda.dp.ledger.LedgerEntry;
import io.silenda.dp.ledger.LedgerException;
import io.silenda.dp.ledger.PrivacyLedger;
import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.report.JobResult;
import io.silenda.dp.report.RunGuarantee;
import io.silenda.dp.train.DpTrainerBuilder;
import io.silenda.dp.train.Loss;
import io.silenda.dp.train.NoisePolicy;
import io.silenda.dp.train.PrivacyTarget;
import io.silenda.dp.train.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A job whose every check passed and for which nothing has been spent yet: rows are read, the
 * network fits them, noise is found, the ledger has room, results can be written. Not thread-safe.
 */
public final class PreparedRun {
  private final TrainingJob job;
  private final LabelledRows rows;
  private final Optional<LabelledRows> unscaledTestRows;
  private final Optional<Scaling> scaling;
  private final String dataSha256;
  private final NetworkSpec network;
  private final Loss loss;
  private final double noiseMultiplier;
  private final PrivacyLedger ledger;
  private final OutputFolder output;
  private final Optional<Checkpoint> resumed;
  private final String runName;

  private PreparedRun(TrainingJob job, Path folder, boolean resume)
      throws JobException, IOException {
    this.job = job;
    LabelledRows read = JobChecks.rows(job.data().source());
    scaling = job.data().scaling(read.width());
    dataSha256 = read.sha256();
    rows = scaled(read);
    unscaledTestRows =
        job.data().publicTest().isPresent()
            ? Optional.of(testRows(read.width()))
            : Optional.empty();
    network = JobChecks.network(job, read.width());
    loss = JobChecks.loss(job, network);
    JobChecks.requirePlaces(job, read);
    output = OutputFolder.open(folder);
    resumed = Resumption.find(output, job, dataSha256, resume);
    noiseMultiplier =
        resumed.isPresent()
            ? resumed.get().noiseMultiplier()
            : JobChecks.noise(job, JobChecks.trainer(job, network, loss));
    runName = resumed.map(Checkpoint::run).orElseGet(PreparedRun::newName);
    ledger = openLedger();
  }

  /** The ledger, if it has room for the steps ahead; the last of all checks. */
  private PrivacyLedger openLedger() throws JobException, IOException {
    try {
      PrivacyLedger opened =
          PrivacyLedger.open(
              job.privacy().ledger(),
              new DataSetIdentity(job.data().name(), dataSha256),
              job.privacy().budget());
      Resumption.requireLast(opened, resumed);
      long ahead = job.training().steps() - stepsDone();
      if (ahead > 0) {
        opened.requireAffordable(trainer().build().event(ahead));
      }
      return opened;
    } catch (LedgerException e) {
      throw new JobException(Reason.LEDGER, String.valueOf(e.getMessage()), e);
    } catch (AccountingException | IllegalArgumentException e) {
      throw new JobException(Reason.MEMBER, "privacy: " + e.getMessage(), e);
    }
  }

  private LabelledRows testRows(int width) throws JobException {
    DataSource source = job.data().publicTest().orElseThrow();
    LabelledRows test = JobChecks.rows(source);
    if (test.width() != width) {
      throw new JobException(
          Reason.DATA,
          source.file() + ": rows have " + test.width() + " numbers, those of training " + width);
    }
    return test;
  }

  private LabelledRows scaled(LabelledRows raw) {
    return scaling.map(each -> each.apply(raw)).orElse(raw);
  }

  private static String newName() {
    byte[] name = new byte[16];
    new SecureRandom().nextBytes(name);
    return HexFormat.of().formatHex(name);
  }

  /** A trainer with the job's settings and the noise that was found. */
  DpTrainerBuilder trainer() {
    return JobChecks.trainer(job, network, loss)
        .privacy(
            new PrivacyTarget.NoiseMultiplier(noiseMultiplier, job.privacy().target().delta()));
  }

  /** What this run was charged for so far. */
  RunGuarantee guarantee() throws IOException, LedgerException, AccountingException {
    List<LedgerEntry> charged = ChargedBlock.entries(ledger.entries(), runName);
    return RunGuarantee.of(
        charged,
        ChargedBlock.steps(charged),
        job.privacy().adjacency(),
        job.privacy().target().delta(),
        job.training().noise() instanceof NoisePolicy.Secure);
  }

  /**
   * Reads and checks everything that a run needs.
   *
   * @param output folder for all results
   * @param resume whether to go on from the folder's checkpoint
   * @throws JobException at the first thing that is wrong; nothing is spent
   */
  public static PreparedRun of(TrainingJob job, Path output, boolean resume)
      throws JobException, IOException {
    return new PreparedRun(job, output, resume);
  }

  /**
   * Charges, trains and writes the results.
   *
   * @param stopping asked after every step; once true, a checkpoint is left and nothing else
   * @return the results, or nothing where the run was stopped
   * @throws JobException if the ledger refuses now what it had room for, as others spent it
   */
  public Optional<JobResult> run(RunListener listener, BooleanSupplier stopping)
      throws JobException, IOException {
    SegmentedTraining training = new SegmentedTraining(this, listener, stopping);
    try {
      Optional<TrainedModel> model = training.run();
      if (model.isEmpty()) {
        return Optional.empty();
      }
      JobResult result = Results.of(this, model.get(), guarantee(), training.history());
      JobFiles.write(result, unscaledTestRows, output);
      return Optional.of(result);
    } catch (LedgerException e) {
      throw new JobException(Reason.LEDGER, String.valueOf(e.getMessage()), e);
    } catch (AccountingException e) {
      throw new JobException(Reason.TARGET_OUT_OF_REACH, String.valueOf(e.getMessage()), e);
    }
  }

  /** Epsilon of the whole job, if it runs through. */
  public double plannedEpsilon() throws AccountingException {
    return trainer().build().epsilon(job.training().steps());
  }

  /** Noise deviation over clipping norm. */
  public double noiseMultiplier() {
    return noiseMultiplier;
  }

  /** Steps done before, by the run that this one goes on with. */
  public long stepsDone() {
    return resumed.map(checkpoint -> checkpoint.state().step()).orElse(0L);
  }

  /** The job. */
  public TrainingJob job() {
    return job;
  }

  /** The network behind its rows. */
  public NetworkSpec network() {
    return network;
  }

  LabelledRows rows() {
    return rows;
  }

  Optional<LabelledRows> publicTestRows() {
    return unscaledTestRows.map(this::scaled);
  }

  /** As they are in their file, which is what the model takes. */
  Optional<LabelledRows> unscaledPublicTestRows() {
    return unscaledTestRows;
  }

  Optional<Scaling> scaling() {
    return scaling;
  }

  String dataSha256() {
    return dataSha256;
  }

  Loss loss() {
    return loss;
  }

  PrivacyLedger ledger() {
    return ledger;
  }

  OutputFolder output() {
    return output;
  }

  Optional<Checkpoint> resumed() {
    return resumed;
  }

  String runName() {
    return runName;
  }
}
