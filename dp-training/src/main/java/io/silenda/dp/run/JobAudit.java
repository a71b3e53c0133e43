package io.silenda.dp.run;

import io.silenda.dp.accounting.AccountingException;
import io.silenda.dp.audit.AuditResult;
import io.silenda.dp.audit.CanaryAudit;
import io.silenda.dp.audit.MembershipInference;
import io.silenda.dp.audit.MembershipResult;
import io.silenda.dp.evaluate.RowData;
import io.silenda.dp.job.MechanismSection.FixedOrder;
import io.silenda.dp.ledger.LedgerException;
import io.silenda.dp.network.NetworkSpec;
import io.silenda.dp.train.Clipping;
import io.silenda.dp.train.DpTrainerBuilder;
import io.silenda.dp.train.LearningRate;
import io.silenda.dp.train.Loss;
import io.silenda.dp.train.Optimizer;
import io.silenda.dp.train.PrivacyTarget;
import io.silenda.dp.train.TrainingData;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;

/** Audits with a job's own settings; nothing is charged, and only the first may be published. */
final class JobAudit {
  /** Leaves initial weights as they are. */
  private static final TrainingData NOBODY =
      new TrainingData() {
        @Override
        public int recordCount() {
          return 0;
        }

        @Override
        public void copyRecord(int record, float[] buffer, int offset) {
          throw new IllegalArgumentException("record " + record + " is not there");
        }

        @Override
        public float label(int record) {
          throw new IllegalArgumentException("record " + record + " is not there");
        }
      };

  private JobAudit() {}

  static Optional<AuditResult> canaries(PreparedRun run)
      throws IOException, LedgerException, AccountingException {
    int canaries = run.job().audit().canaries();
    if (canaries == 0) {
      return Optional.empty();
    }
    double delta = run.job().privacy().target().delta();
    long seed = new SecureRandom().nextLong();
    CanaryAudit.Trainer trainer = (network, data) -> train(run, network, data);
    return Optional.of(
        run.job().privacy().mechanism() instanceof FixedOrder
            ? CanaryAudit.runInPlace(run.network(), canaries, delta, seed, trainer)
            : CanaryAudit.run(run.network(), canaries, delta, seed, trainer));
  }

  static Optional<MembershipResult> membership(PreparedRun run)
      throws IOException, LedgerException, AccountingException {
    int shadows = run.job().audit().shadowModels();
    return shadows == 0
        ? Optional.empty()
        : Optional.of(
            MembershipInference.run(
                run.network(),
                run.loss(),
                run.rows(),
                shadows,
                new SecureRandom().nextLong(),
                rows -> run.trainer().build().train(new RowData(rows)).best()));
  }

  private static CanaryAudit.BeforeAndAfter train(
      PreparedRun run, NetworkSpec network, TrainingData data)
      throws IOException, LedgerException, AccountingException {
    Loss loss = network.output().elements() == 1 ? Loss.LOGISTIC : Loss.CROSS_ENTROPY;
    boolean standIn = network.layers().size() != run.network().layers().size();
    DpTrainerBuilder builder =
        JobChecks.trainer(run.job(), network, loss)
            .privacy(
                new PrivacyTarget.NoiseMultiplier(
                    run.noiseMultiplier(), run.job().privacy().target().delta()));
    if (standIn) {
      builder.clipping(new Clipping.Flat(run.job().privacy().clipping().norm()));
    }
    return new CanaryAudit.BeforeAndAfter(
        JobChecks.trainer(run.job(), network, loss)
            .clipping(new Clipping.Flat(1))
            .privacy(new PrivacyTarget.InsecureNone())
            .optimizer(new Optimizer.Sgd())
            .learningRate(new LearningRate.Constant(0))
            .steps(1)
            .build()
            .train(NOBODY)
            .weights(),
        builder.build().train(data).weights());
  }
}
