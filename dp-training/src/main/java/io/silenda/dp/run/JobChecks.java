package io.silenda.dp.run;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.accounting.PrivacyAccountant;
import io.silenda.dp.accounting.PrivacyEvent.Gaussian;
import io.silenda.dp.data.DataException;
import io.silenda.dp.data.DataSource;
import io.silenda.dp.data.LabelledRows;
import io.silenda.dp.data.Labels;
import io.silenda.dp.job.JobException;
import io.silenda.dp.job.JobException.Reason;
import io.silenda.dp.job.MechanismSection;
import io.silenda.dp.job.PrivacySection;
import io.silenda.dp.job.TrainingJob;
import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.network.TensorShape;
import io.silenda.dp.train.DpTrainer;
import io.silenda.dp.train.DpTrainerBuilder;
import io.silenda.dp.train.Loss;
import io.silenda.dp.train.PrivacyTarget;
import io.silenda.dp.train.Sampling;
import java.util.Locale;

/** What is checked of a job before anything is spent. */
final class JobChecks {
  private static final double LARGEST_NOISE = 200;

  private JobChecks() {}

  static LabelledRows rows(DataSource source) throws JobException {
    try {
      return source.read();
    } catch (DataException e) {
      throw new JobException(Reason.DATA, String.valueOf(e.getMessage()), e);
    }
  }

  static NetworkSpec network(TrainingJob job, int width) throws JobException {
    try {
      TensorShape shape =
          job.data().shape().isEmpty()
              ? TensorShape.of(width)
              : new TensorShape(job.data().shape());
      if (shape.elements() != width) {
        throw JobException.member(
            "data.shape", shape.toString(), "sizes whose product is " + width + ", as rows have");
      }
      return new NetworkSpec(shape, job.layers());
    } catch (IllegalArgumentException e) {
      throw new JobException(Reason.MODEL, "model.layers: " + e.getMessage(), e);
    }
  }

  /** What an answer costs, as labels and outputs have it. */
  static Loss loss(TrainingJob job, NetworkSpec network) throws JobException {
    Labels labels = job.data().source().labels();
    int outputs = network.output().elements();
    if (labels instanceof Labels.Target) {
      requireOutputs(outputs, 1, "a number to predict needs 1 output");
      return Loss.SQUARED_ERROR;
    }
    int classes =
        labels instanceof Labels.Numbered numbered
            ? numbered.classes()
            : ((Labels.Named) labels).names().size();
    if (classes == 2 && outputs == 1) {
      return Loss.LOGISTIC;
    }
    requireOutputs(outputs, classes, classes + " classes need as many outputs");
    return Loss.CROSS_ENTROPY;
  }

  private static void requireOutputs(int outputs, int wanted, String why) throws JobException {
    if (outputs != wanted) {
      throw new JobException(
          Reason.MODEL, "model.layers: " + why + ", and the last layer has " + outputs);
    }
  }

  /** A trainer with the job's settings, all but ledger and listener. */
  static DpTrainerBuilder trainer(TrainingJob job, NetworkSpec network, Loss loss) {
    var training = job.training();
    DpTrainerBuilder builder =
        DpTrainer.builder(network, loss)
            .sampling(sampling(job))
            .steps(training.steps())
            .clipping(job.privacy().clipping())
            .privacy(job.privacy().target())
            .adjacency(job.privacy().adjacency())
            .optimizer(training.optimizer())
            .learningRate(training.learningRate())
            .seed(training.seed())
            .noise(training.noise());
    return training.averagingDecay() > 0 ? builder.averaging(training.averagingDecay()) : builder;
  }

  private static Sampling sampling(TrainingJob job) {
    MechanismSection mechanism = job.privacy().mechanism();
    double batch = job.training().expectedBatchSize();
    if (mechanism instanceof MechanismSection.PoissonSampled poisson) {
      return new Sampling.Poisson(poisson.samplingRate(), batch);
    }
    MechanismSection.FixedOrder order = (MechanismSection.FixedOrder) mechanism;
    return new Sampling.FixedOrder(
        (int) batch,
        order.batchesPerEpoch(),
        order.factorisation(),
        job.training().checkpointEvery());
  }

  /** Where batches have a fixed order, every record, and every canary, needs a place in it. */
  static void requirePlaces(TrainingJob job, LabelledRows rows) throws JobException {
    if (!(sampling(job) instanceof Sampling.FixedOrder order)) {
      return;
    }
    if (rows.count() > order.mostRecords()) {
      throw JobException.member(
          "privacy.mechanism.batches-per-epoch",
          String.valueOf(order.batchesPerEpoch()),
          String.format(
              Locale.ROOT,
              "at least %d, for %d rows in batches of %d",
              (rows.count() - 1) / order.batchSize() + 1,
              rows.count(),
              order.batchSize()));
    }
    if (job.audit().canaries() > order.mostRecords()) {
      throw JobException.member(
          "audit.canaries",
          String.valueOf(job.audit().canaries()),
          "up to " + order.mostRecords() + ", the places in an epoch");
    }
  }

  /**
   * The noise of the job, found for its target.
   *
   * @throws JobException if no noise that can be drawn is enough
   */
  static double noise(TrainingJob job, DpTrainerBuilder builder) throws JobException {
    requireReachable(job);
    try {
      return builder.build().noiseMultiplier();
    } catch (AccountingException | IllegalArgumentException e) {
      throw new JobException(Reason.TARGET_OUT_OF_REACH, "privacy: " + e.getMessage(), e);
    }
  }

  private static void requireReachable(TrainingJob job) throws JobException {
    PrivacySection privacy = job.privacy();
    if (!(privacy.target() instanceof PrivacyTarget.Epsilon wanted)) {
      return;
    }
    Gaussian most = new Gaussian(LARGEST_NOISE);
    try {
      PrivacyAccountant accountant = PrivacyAccountant.pld();
      double least =
          accountant.epsilon(
              sampling(job).event(most, job.training().steps()),
              privacy.adjacency(),
              wanted.delta());
      if (least > wanted.epsilon()) {
        double one =
            accountant.epsilon(sampling(job).event(most, 1), privacy.adjacency(), wanted.delta());
        throw new JobException(
            Reason.TARGET_OUT_OF_REACH,
            String.format(
                Locale.ROOT,
                "privacy.epsilon: saw %.4g, allowed: at least %.4g, which %d steps cost at the"
                    + " largest noise multiplier, %.0f (one step costs %.4g)",
                wanted.epsilon(),
                least,
                job.training().steps(),
                LARGEST_NOISE,
                one));
      }
    } catch (AccountingException e) {
      throw new JobException(Reason.TARGET_OUT_OF_REACH, "privacy: " + e.getMessage(), e);
    }
  }
}
